import { wording } from '#libs/decider';
import { html } from '#libs/html';
import { layout } from '../layout/page.js';
import { asOfBanner, asOfForm } from './as-of-form.js';
import { badges, titled, titleNoted } from './fragments.js';
import { instrumentsSection } from './irritant-instruments.js';
import { keptLines } from '../wording/kept.js';
import { linkagesSection } from './irritant-linkages.js';
import { openPoints } from './irritant-open-points.js';
import { matterSection, standingSection } from './irritant-standing.js';
import { timelineSection } from './irritant-timeline.js';
import type { IrritantReading } from './irritant.reading.js';
import { wordsOf } from '../wording/spoken.js';
import { readerBar } from './reader-bar.js';
import type { PageReader } from './reader-bar.js';
import { sourcesList } from './sources-list.js';
import { marksOf } from '../wording/terms.js';
import { thirdPartiesSection } from './third-parties.js';

/** One irritant: where it stands and with whom, what is still open, and every entry that led there. */
export function irritantPage(reading: IrritantReading, reader: PageReader): string {
  const { irritant, dialogue, readings, sources } = reading;
  const path = `/irritants/${irritant.key}`;
  const title = wordsOf(irritant, 'title');
  return layout({
    title: `${irritant.key} ${wording(title)}`,
    main: html`${readerBar(reader)}
      <p class="crumb"><a href="/">The record</a> › ${titled(wordsOf(dialogue, 'name'), 'Dialogue')}</p>
      ${asOfBanner(path, readings)}
      <h1>
        <span class="key">${irritant.key}</span>
        ${titled(title, '(its title is erased)')}${titleNoted(irritant.titled)}${badges(marksOf(irritant))}
      </h1>
      ${keptLines(dialogue)} ${asOfForm(path, readings.query, reading.grades)} ${standingSection(reading)}
      ${openPoints(reading)} ${matterSection(reading)} ${linkagesSection(reading)}
      ${instrumentsSection(reading)}
      ${thirdPartiesSection(dialogue, sources, { id: 'third-parties', level: 2, isAbout: reading.isAbout })}
      ${timelineSection(reading)} ${sourcesList(sources)}`,
  });
}
