import { expect, it } from '@jest/globals';
import { attributedTo, directly, factAt } from './testing.js';
import { ownWordStands, said } from './index.js';

const word = (act = directly('US'), at = 1) => said(factAt(at, 'thing-1', { type: 'Declined', act }));

it('What a party said itself is ended by nothing that others record in its name, and the refusal names the word', () => {
  expect(ownWordStands(attributedTo('US'), word(), 'declined this')).toMatchObject({
    refused: 'OWN_WORD_STANDS',
    because: expect.stringMatching(/^US declined this itself, in the event \S+1; .* let US say so itself\.$/),
  });
  expect(ownWordStands(directly('US'), word())).toBeUndefined();
  expect(ownWordStands(attributedTo('US'), word(directly('RU')))).toBeUndefined();
  expect(ownWordStands(attributedTo('US'), word(attributedTo('US')))).toBeUndefined();
  expect(ownWordStands(attributedTo('US'), undefined)).toBeUndefined();
});

it('Of several words the first that the party said itself is told', () => {
  const words = [undefined, word(attributedTo('US'), 1), word(directly('US'), 2), word(directly('US'), 3)];
  expect(ownWordStands(attributedTo('US'), words)?.because).toContain(words[2]?.eventId);
});
