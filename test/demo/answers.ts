/** What the server answers, as far as these specs read it. */
export interface Answers {
  readonly said: {
    readonly party: string | null;
    readonly capacity: string;
    readonly sources: readonly { readonly sourceId: string; readonly locator?: string }[];
    readonly wording?: readonly { readonly as: string }[];
  };
  readonly irritant: {
    readonly id: string;
    readonly key: string;
    readonly title: { readonly en: string };
    readonly statement: { readonly en: string } | null;
    readonly designations: { readonly [party: string]: { readonly en: string } };
    readonly category: string;
    readonly raisers: readonly string[];
    readonly respondents: readonly string[];
    readonly raisedBasis: string;
    readonly stage: string;
    readonly basis: string;
    readonly positions: { readonly [party: string]: { readonly stance: string; readonly text: Text } };
    readonly claims: readonly (Answers['said'] & { readonly kind: string; readonly state: string })[];
    readonly flags: readonly unknown[];
    readonly awaiting: readonly { readonly what: string; readonly from: string }[];
    readonly raised: { readonly occurred: { readonly edtf: string } };
  };
  readonly exchange: {
    readonly status: string;
    readonly notes: readonly unknown[];
    readonly reports: readonly (Answers['said'] & { readonly subject: Text })[];
    readonly coverage: readonly {
      readonly irritantId: string;
      readonly byBoth: boolean;
      readonly asserted: readonly Answers['said'][];
    }[];
  };
  readonly asset: {
    readonly id: string;
    readonly name: Text;
    readonly location: Text | null;
    readonly status: string;
    readonly irritantIds: readonly string[];
    readonly ownership: {
      readonly [party: string]: Answers['said'] & {
        readonly owner: string;
        readonly tenure: string;
        readonly holder: string;
      };
    };
    readonly agreed: { readonly [field: string]: string | null };
    readonly accesses: readonly (Answers['said'] & {
      readonly accessId: string;
      readonly purpose: string;
      readonly state: string;
    })[];
    readonly inspections: readonly unknown[];
    readonly damages: readonly unknown[];
    readonly returns: readonly unknown[];
    readonly awaiting: readonly { readonly what: string; readonly from: string; readonly since: string }[];
  };
  readonly round: {
    readonly id: string;
    readonly number: number;
    readonly held: boolean;
    readonly status: string;
    readonly heldBy: readonly Answers['said'][];
  };
  readonly comparison: {
    readonly subjects: readonly Subject[];
    readonly pressAccounts: readonly object[];
    readonly names: readonly {
      readonly party: string;
      readonly given: readonly (Answers['said'] & {
        readonly role?: string;
        readonly nameAsGiven: string;
        readonly titleAsGiven?: string;
        readonly account: Account | null;
      })[];
    }[];
    readonly particulars: readonly (Answers['said'] & Particulars)[];
    readonly nextRound: readonly (Answers['said'] & { readonly text: Text })[];
  };
  readonly dialogue: {
    readonly parties: readonly string[];
    readonly keyPrefix: string;
    readonly name: Text;
    readonly aim: Text | null;
    readonly kept: { readonly by: string; readonly party?: string };
    readonly joined: readonly unknown[];
    readonly names: readonly unknown[];
    readonly aliases: readonly { readonly alias: string }[];
    readonly thirdParties: readonly (Answers['said'] & {
      readonly thirdParty: string;
      readonly role: string;
    })[];
    readonly commentary: readonly (Answers['said'] & { readonly speaker: string; readonly quote: Text })[];
  };
  readonly source: {
    readonly id: string;
    readonly kind: string;
    readonly issuers: readonly string[];
    readonly held: boolean;
    readonly obtainedVia?: string;
    readonly date?: string | null;
    readonly issuerName: string;
  };
  readonly entry: {
    readonly seq: number;
    readonly summary: string;
    readonly event: {
      readonly envelope: {
        readonly type: string;
        readonly act: Answers['said'];
        readonly sources: readonly object[];
        readonly wording?: readonly { readonly as: string }[];
      };
    };
  };
}

export interface List<T> {
  readonly items: readonly T[];
  readonly asOf: string;
  readonly asOfSeq?: number;
}

interface Text {
  readonly en: string;
}

interface Account {
  readonly voice: string;
  readonly of: string | null;
  readonly rendering: string;
  readonly sourceId: string;
}

interface Particulars {
  readonly startsAt?: string;
  readonly duration?: string;
  readonly level?: string;
  readonly hostParty?: string;
  readonly venue?: Text;
  readonly account: Account | null;
}

interface Subject {
  readonly key: string | null;
  /** Only of what names no irritant. */
  readonly kind: string | null;
  readonly result: string;
  readonly wordedDifferently: boolean | null;
  readonly silent: readonly string[];
  readonly byParty: { readonly [party: string]: readonly Point[] };
  readonly press: readonly Point[];
}

interface Point {
  readonly kind: string;
  readonly party: string | null;
  readonly quote: Text;
  readonly assertsJoint: boolean;
}
