//! Words that mean the same in every schema: what ends a key's name, who does things, what makes a tree.
//!
//! Only words of the English language and of databases at large stand here; what one schema calls
//! its things is learnt from that schema.

use smol_str::SmolStr;

/// What the ending of a column's name says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Ending {
    /// Nothing: `author`, `status`.
    Bare,
    /// It names a row: `author_id`, `fk_author`.
    Id,
    /// It names something in words or numbers of people: `author_code`, `invoice_no`.
    Code,
}

/// Endings that make a column a key by themselves.
const ID_WORDS: [&str; 17] = [
    "fk",
    "guid",
    "id",
    "ident",
    "identifier",
    "key",
    "oid",
    "pid",
    "pk",
    "ref",
    "reference",
    "rid",
    "rowid",
    "sid",
    "sk",
    "uid",
    "uuid",
];

/// Endings of keys that people give out.
const CODE_WORDS: [&str; 13] = [
    "abbr", "cd", "cde", "code", "label", "name", "nbr", "no", "nr", "num", "number", "slug",
    "symbol",
];

/// Beginnings of a column's name that say that it is a key.
const LEADING_ID_WORDS: [&str; 6] = ["fk", "id", "idx", "kod", "ref", "uuid"];

/// Columns of these names say nothing about what they belong to.
const GENERIC: [&str; 44] = [
    "active",
    "amount",
    "code",
    "comment",
    "content",
    "count",
    "created",
    "data",
    "date",
    "description",
    "email",
    "enabled",
    "guid",
    "hash",
    "id",
    "identifier",
    "key",
    "label",
    "level",
    "name",
    "no",
    "note",
    "num",
    "number",
    "oid",
    "order",
    "path",
    "pk",
    "position",
    "rowid",
    "sequence",
    "slug",
    "sort",
    "state",
    "status",
    "text",
    "time",
    "title",
    "token",
    "type",
    "uid",
    "url",
    "uuid",
    "value",
];

/// Tables that hold the people (or programs) who act, the likeliest first.
const ACTORS: [&str; 15] = [
    "user",
    "account",
    "person",
    "employee",
    "member",
    "profile",
    "staff",
    "principal",
    "contact",
    "identity",
    "customer",
    "party",
    "login",
    "operator",
    "actor",
];

/// Roles that somebody who acts has in a row.
const ACTOR_ROLES: [&str; 62] = [
    "admin",
    "administrator",
    "agent",
    "approver",
    "assignee",
    "assigner",
    "attendee",
    "auditor",
    "author",
    "blocker",
    "boss",
    "by",
    "coordinator",
    "creator",
    "deleter",
    "doer",
    "editor",
    "follower",
    "grantee",
    "granter",
    "grantor",
    "host",
    "initiator",
    "inserter",
    "instructor",
    "inviter",
    "invitee",
    "issuer",
    "leader",
    "liker",
    "mentor",
    "modifier",
    "moderator",
    "organizer",
    "organiser",
    "originator",
    "owner",
    "participant",
    "performer",
    "poster",
    "publisher",
    "rater",
    "receiver",
    "recipient",
    "referrer",
    "reporter",
    "requester",
    "requestor",
    "resolver",
    "responsible",
    "reviewer",
    "seller",
    "sender",
    "sharer",
    "student",
    "submitter",
    "subscriber",
    "superuser",
    "updater",
    "uploader",
    "verifier",
    "voter",
];

/// Roles in which one row of a table refers to another row of it.
const TREE_WORDS: [&str; 31] = [
    "ancestor",
    "antecedent",
    "ascendant",
    "base",
    "child",
    "clone",
    "copied",
    "derived",
    "descendant",
    "duplicate",
    "father",
    "forked",
    "merged",
    "mother",
    "next",
    "original",
    "parent",
    "precursor",
    "predecessor",
    "prev",
    "previous",
    "prior",
    "replaced",
    "replacement",
    "reply",
    "root",
    "subsequent",
    "successor",
    "superior",
    "superseded",
    "upper",
];

/// Roles of one who acts that make a tree in the table of those who act.
const SUPERIOR_WORDS: [&str; 8] =
    ["boss", "leader", "manager", "mentor", "reports", "superior", "supervisor", "referrer"];

/// Words at either end of a table's name that say only that it is a table.
const TABLE_MARKS: [&str; 23] = [
    "data",
    "def",
    "dim",
    "dimension",
    "entity",
    "fact",
    "header",
    "hdr",
    "info",
    "list",
    "lkp",
    "lookup",
    "lu",
    "main",
    "master",
    "mst",
    "ref",
    "rel",
    "t",
    "tab",
    "table",
    "tb",
    "tbl",
];

/// Words of systems outside, whose ids refer to nothing in here.
const OUTSIDE: [&str; 17] = [
    "correlation",
    "device",
    "external",
    "ext",
    "facebook",
    "foreign",
    "github",
    "google",
    "legacy",
    "oauth",
    "paypal",
    "provider",
    "remote",
    "request",
    "span",
    "stripe",
    "trace",
];

/// Words of lookups, which are often named after what they classify.
const LOOKUPS: [&str; 22] = [
    "category", "class", "code", "color", "country", "currency", "gender", "group", "kind",
    "language", "level", "locale", "method", "mode", "phase", "priority", "reason", "role",
    "stage", "state", "status", "type",
];

/// Words that begin the second half of a polymorphic pair: `commentable_type`.
const KIND_WORDS: [&str; 7] = ["class", "classname", "entity", "kind", "model", "table", "type"];

/// Short words that stand glued to others: `createdby`, `userid`.
const GLUE_WORDS: [&str; 16] = [
    "by", "id", "no", "to", "of", "fk", "pk", "uid", "key", "code", "name", "type", "num", "uuid",
    "guid", "number",
];

macro_rules! questions {
    ($($(#[$doc:meta])* $name:ident($list:ident);)*) => {$(
        $(#[$doc])*
        pub(crate) fn $name(word: &str) -> bool {
            $list.contains(&word)
        }
    )*};
}

questions! {
    /// Whether a name of that one word says nothing about what it belongs to.
    is_generic(GENERIC);
    /// Whether it is a role that somebody who acts has.
    is_actor_role(ACTOR_ROLES);
    /// Whether it makes a row refer to a row of its own table.
    is_tree_word(TREE_WORDS);
    /// Whether it makes somebody refer to somebody above.
    is_superior_word(SUPERIOR_WORDS);
    /// Whether only tables of people and programs have a column of that name.
    is_actor_column(ACTOR_COLUMNS);
    /// Whether a table of that word keeps what others held.
    is_copy(COPIES);
    /// Whether it means people.
    is_person(PERSONS);
    /// Whether it says only that a table is a table.
    is_table_mark(TABLE_MARKS);
    /// Whether it names a system outside.
    is_outside(OUTSIDE);
    /// Whether it names a lookup.
    is_lookup(LOOKUPS);
    /// Whether it says what kind of thing another column's id belongs to.
    is_kind_word(KIND_WORDS);
    /// Whether it may stand glued to another word however short it is.
    is_glue_word(GLUE_WORDS);
    /// Whether it makes a number of what it stands beside: `total_orders`, `order_count`.
    is_measure(MEASURES);
    /// Whether it can begin the name of a key.
    is_leading_id_word(LEADING_ID_WORDS);
}

/// How likely a table of that name holds those who act: 0 for the likeliest.
pub(crate) fn actor_rank(word: &str) -> Option<usize> {
    ACTORS.iter().position(|it| *it == word)
}

/// The same where the word is glued to others: `appuser`, `useracct`.
pub(crate) fn glued_actor_rank(word: &str) -> Option<usize> {
    let has = |it: &str| it.len() > 3 && (word.starts_with(it) || word.ends_with(it));
    actor_rank(word).or_else(|| ACTORS.iter().take(7).position(|it| has(it)))
}

/// Whether the words say in which order rows stand.
pub(crate) fn is_sorting(words: &[SmolStr]) -> bool {
    let [.., before, last] = words else { return false };
    last == "order" && SORTED.contains(&before.as_str())
}

/// What a last word says about a column.
pub(crate) fn ending(word: &str) -> Ending {
    if ID_WORDS.contains(&word) {
        Ending::Id
    } else if CODE_WORDS.contains(&word) {
        Ending::Code
    } else {
        Ending::Bare
    }
}

/// All words of the lists that a glued name can be made of.
pub(crate) fn glueable() -> impl Iterator<Item = &'static str> {
    let lists: [&[&str]; 7] =
        [&ACTORS, &ACTOR_ROLES, &TREE_WORDS, &LOOKUPS, &GLUE_WORDS, &PARTICIPLES, &TABLE_MARKS];
    lists.into_iter().flatten().copied()
}

/// Columns that only tables of people and programs have.
const ACTOR_COLUMNS: [&str; 12] = [
    "email",
    "emailaddress",
    "firstname",
    "givenname",
    "lastname",
    "login",
    "loginname",
    "passwd",
    "password",
    "passwordhash",
    "surname",
    "username",
];

/// Words of tables that keep what other tables held: they refer to nothing.
const COPIES: [&str; 20] = [
    "archive", "archived", "arch", "aud", "audit", "backup", "bak", "bkp", "copy", "hist",
    "history", "import", "journal", "log", "old", "snapshot", "staging", "stg", "temp", "tmp",
];

/// People, by whatever word: any table of people may be meant.
const PERSONS: [&str; 8] =
    ["employee", "identity", "login", "member", "person", "principal", "staff", "user"];

/// What stands before `order` where it means a sequence and not what somebody ordered.
const SORTED: [&str; 14] = [
    "column",
    "display",
    "execution",
    "field",
    "item",
    "list",
    "menu",
    "print",
    "row",
    "sort",
    "sorting",
    "step",
    "tab",
    "view",
];

/// Words that make a number, or a yes or no, of what they stand beside.
const MEASURES: [&str; 28] = [
    "allow", "allowed", "average", "avg", "best", "can", "count", "counter", "current", "has",
    "is", "last", "length", "limit", "max", "maximum", "min", "minimum", "n", "nb", "num",
    "percent", "price", "quantity", "rate", "size", "sum", "total",
];

/// What somebody did to a row: `createdby`.
const PARTICIPLES: [&str; 22] = [
    "added",
    "approved",
    "assigned",
    "cancelled",
    "changed",
    "closed",
    "completed",
    "created",
    "deleted",
    "edited",
    "entered",
    "inserted",
    "issued",
    "last",
    "locked",
    "modified",
    "opened",
    "posted",
    "requested",
    "reviewed",
    "submitted",
    "updated",
];
