import type {
  Cardinality,
  ColumnChoice,
  ReferentialAction,
  RefForm,
  Side,
  TableChoice,
} from '../core/generated/model';
import type { Option } from '../ui/option';

/** A kind of relationship, as people pick it. */
export interface Kind {
  readonly id: Cardinality;
  readonly symbol: string;
  readonly label: string;
  readonly meaning: string;
}

const MANY_TO_ONE: Kind = {
  id: 'manyToOne',
  symbol: '>',
  label: 'Many to one',
  meaning: 'many rows on the from side refer to one row on the to side',
};

export const KINDS: readonly Kind[] = [
  MANY_TO_ONE,
  {
    id: 'oneToMany',
    symbol: '<',
    label: 'One to many',
    meaning: 'one row on the from side is referred to by many rows on the to side',
  },
  {
    id: 'oneToOne',
    symbol: '-',
    label: 'One to one',
    meaning: 'each row on the from side goes with exactly one on the to side',
  },
  {
    id: 'manyToMany',
    symbol: '<>',
    label: 'Many to many',
    meaning: 'many rows go with many: SQL needs a table in between, which the export makes',
  },
];

export function kindOf(cardinality: Cardinality): Kind {
  return KINDS.find((it) => it.id === cardinality) ?? MANY_TO_ONE;
}

/** A table in the list to pick one from. */
export function tableOption(table: TableChoice): Option {
  return { id: table.id, label: table.label, detail: table.key === '' ? 'no key' : table.key };
}

/** A column in the list to pick one from: its key and type, and why it may not go with the other. */
export function columnOption(column: ColumnChoice): Option {
  return {
    id: column.id,
    label: column.name,
    detail: [column.isPrimary ? 'PK' : column.isUnique ? 'unique' : '', column.type]
      .filter((word) => word !== '')
      .join(' · '),
    ...(column.isCompatible || column.reason === undefined ? {} : { note: column.reason }),
  };
}

/** What both ends of a ref are; they only make sense together. */
const ENDS: readonly (keyof RefForm)[] = [
  'fromTable',
  'toTable',
  'pairs',
  'cardinality',
  'keySide',
];

/**
 * A form that was begun on `base`, now that the ref is as `next` says: fields that were not edited
 * follow, the others stay. Says, too, whether somebody else changed one of those.
 */
export function followed(
  form: RefForm,
  base: RefForm,
  next: RefForm,
): { readonly form: RefForm; readonly isOverlapping: boolean } {
  const differ = (a: RefForm, b: RefForm, fields: readonly (keyof RefForm)[]) =>
    fields.some((it) => JSON.stringify(a[it]) !== JSON.stringify(b[it]));
  const alone = (Object.keys(next) as (keyof RefForm)[]).filter((it) => !ENDS.includes(it));
  const groups = [ENDS, ...alone.map((it) => [it])];
  const edited = groups.filter((it) => differ(form, base, it));
  const mine = edited.flat().map((it) => [it, form[it]]);
  return {
    form: { ...next, ...(Object.fromEntries(mine) as Partial<RefForm>) },
    isOverlapping: edited.some((it) => differ(base, next, it) && differ(form, next, it)),
  };
}

/** The side that holds the foreign key; none for many-to-many. */
export function referencingSide(cardinality: Cardinality, keySide: Side): Side | null {
  switch (cardinality) {
    case 'manyToOne':
      return 'from';
    case 'oneToMany':
      return 'to';
    case 'oneToOne':
      return keySide;
    case 'manyToMany':
      return null;
  }
}

type Event = 'delete' | 'update';

/** What each action does, in words. */
const ACTIONS: readonly [ReferentialAction, string, Readonly<Record<Event, string>>][] = [
  [
    'noAction',
    'No action',
    {
      delete:
        'Refuse while rows still refer to it; the check may wait for the end of the transaction',
      update: 'Refuse while rows still refer to the old key; the check may be deferred',
    },
  ],
  [
    'restrict',
    'Restrict',
    {
      delete: 'Refuse at once while rows still refer to it',
      update: 'Refuse at once while rows still refer to the old key',
    },
  ],
  [
    'cascade',
    'Cascade',
    {
      delete: 'Delete the referencing rows too',
      update: 'Give the referencing rows the new key too',
    },
  ],
  [
    'setNull',
    'Set null',
    {
      delete: 'Keep the referencing rows and empty their foreign key',
      update: 'Empty the foreign key of the referencing rows',
    },
  ],
  [
    'setDefault',
    'Set default',
    {
      delete: 'Give the referencing rows the default of their foreign-key columns',
      update: 'Give the referencing rows the default of their foreign-key columns',
    },
  ],
];

/** The referential actions to pick from, each explained. */
export function actionOptions(event: Event): readonly Option[] {
  return ACTIONS.map(([id, label, words]) => ({
    id,
    label: id === 'noAction' ? `${label} (default)` : label,
    detail: words[event],
  }));
}

/** What the action does, as a sentence. */
export function actionInWords(event: Event, action: ReferentialAction | null): string {
  const found = ACTIONS.find(([id]) => id === (action ?? 'noAction'));
  return found ? `${found[2][event]}.` : '';
}
