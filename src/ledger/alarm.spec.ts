import { beforeEach, describe, expect, it } from '@jest/globals';
import { Alarms, alarmText } from './alarm.js';

describe('Alarms', () => {
  let told: string[];
  let alarms: Alarms;
  const all = () => alarms.all.map(alarmText);
  beforeEach(() => {
    told = [];
    alarms = new Alarms((one) => told.push(alarmText(one)));
  });

  it('tell of a dialogue the first thing that is found, and of what is outside all of them each', () => {
    alarms.tell('a', 4, 'its leaf is another one');
    alarms.tell('a', 5, 'its leaf is another one');
    alarms.tell('', 0, 'a key was changed');
    alarms.tell('', 0, 'a number was changed');
    expect(all()).toEqual([
      'dialogue a, leaf 4: its leaf is another one',
      'outside all dialogues: a key was changed',
      'outside all dialogues: a number was changed',
    ]);
    expect(told).toEqual(all());
  });

  it('are said once for as long as they are found, and are none any more once they are not', () => {
    alarms.tell('', 0, 'a key was changed');
    alarms.end();
    alarms.tell('', 0, 'a key was changed');
    alarms.end();
    expect([told.length, all().length]).toEqual([1, 1]);
    alarms.end();
    expect(all()).toEqual([]);
  });

  it('are no more than a person reads, round after round', () => {
    for (let round = 0; round < 2; round += 1) {
      for (let place = 0; place < 50; place += 1) alarms.tell('', place, `event ${place} was changed`);
      alarms.end();
    }
    expect([told.length, all().length]).toEqual([10, 10]);
  });
});
