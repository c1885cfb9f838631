import { it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { Api } from '../support/api.js';
import { speak } from '../support/voices.js';
import { booksOf, pagesOf, timelinesOf } from './walk.js';
it('dumps', async () => {
  const api = await Api.start();
  await speak(api);
  for (const [path, html] of await pagesOf(api))
    writeFileSync(`/tmp/e2-dump${path.replace(/[^a-z]/g, '_')}.html`, html);
  writeFileSync('/tmp/e2-dump-books.md', (await booksOf(api)).join('\n=======\n'));
  writeFileSync('/tmp/e2-dump-term.txt', (await timelinesOf(api, 100)).join('\n=======\n'));
  await api.stop();
}, 120000);
