//! Fitting the weights and judging suggestions: schemas without their keys, and what is made of them.

mod boost;
mod calibrate;
mod judge;

use crowfoot_schema::{Change, ChangeSet, ColumnId, Diagram, RefId, TableId};
use rustc_hash::FxHashSet;

pub use boost::{Plan, Sample, fit};
pub use calibrate::{Prediction, calibrate};
pub use judge::{Bin, Judgement, Miss, judge, judge_with};

use crate::{
    candidate::Asking,
    catalog::Catalog,
    engine::{Answer, Hope, questions},
    facts::TableFacts,
    survey::Survey,
};

/// A foreign key that was declared and then taken away.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TrueKey {
    pub from: TableId,
    pub to: TableId,
    /// Referencing and referenced columns, in the order of their ids.
    pub pairs: Vec<(ColumnId, ColumnId)>,
}

/// Which declared keys are taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strip {
    All,
    /// One in so many, chosen by the seed.
    OneIn(u64, u64),
}

/// The diagram without some of its keys, and those.
pub fn strip(diagram: &Diagram, how: Strip) -> (Diagram, Vec<TrueKey>) {
    let mut gone: Vec<RefId> = Vec::new();
    let mut keys: Vec<TrueKey> = Vec::new();
    for (nth, reference) in diagram.refs().enumerate() {
        let is_chosen = match how {
            Strip::All => true,
            Strip::OneIn(n, seed) => mix(mix(seed) ^ nth as u64).is_multiple_of(n),
        };
        let Some((from, to, mut pairs)) = reference.foreign_key().filter(|_| is_chosen) else {
            continue;
        };
        pairs.sort_unstable();
        gone.push(reference.id);
        keys.push(TrueKey { from, to, pairs });
    }
    let changes = gone.into_iter().map(|id| Change::DeleteRef { id }).collect();
    let mut stripped = diagram.clone();
    stripped.apply(&ChangeSet::new("strip", changes)).expect("refs of the diagram can be deleted");
    (stripped, keys)
}

/// Steele, Lea and Flood's SplitMix64 (2014), one step.
fn mix(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A question with its right answers.
#[derive(Clone, Debug)]
pub struct Labelled {
    pub sample: Sample,
    pub is_composite: bool,
    /// Answers that are a pair of columns of a key of several: neither right nor wrong.
    pub neutral: Vec<usize>,
    /// The place of the table, and of the columns in it.
    pub place: usize,
    pub from: Vec<usize>,
    /// What each answer says, for people: `orders.user_id > users.id`.
    pub said: Vec<String>,
}

/// The questions of a stripped diagram with their answers, and whether it still declares enough to
/// learn from.
pub fn labelled(stripped: &Diagram, keys: &[TrueKey]) -> (Vec<Labelled>, bool) {
    let truth = Truth::new(keys);
    let catalog = Catalog::new(stripped);
    let survey = Survey::new(&catalog, stripped);
    let declared: FxHashSet<TrueKey> = stripped
        .refs()
        .filter_map(|it| {
            let (from, to, mut pairs) = it.foreign_key()?;
            pairs.sort_unstable();
            Some(TrueKey { from, to, pairs })
        })
        .collect();
    let mut all = Vec::new();
    for (place, own) in catalog.tables.iter().enumerate() {
        let own_place = place as u32;
        let asking = Asking { catalog: &catalog, own, own_place };
        let is_taken = |column: usize| survey.is_taken(own_place, column);
        for question in questions(asking, &survey, &is_taken, &Hope::ALL) {
            let meant: Vec<TrueKey> = question
                .answers
                .iter()
                .map(|it| {
                    let target = asking.table(it.table);
                    key(own, &question.from, target, it.to(target))
                })
                .collect();
            if meant.iter().any(|it| declared.contains(it)) {
                continue;
            }
            let places = |is: &dyn Fn(&TrueKey) -> bool| -> Vec<usize> {
                (0..meant.len()).filter(|at| is(&meant[*at])).collect()
            };
            let right = places(&|it| truth.has(it));
            let options = question.answers.iter().map(|it| it.features).collect();
            let say = |it: &Answer| {
                let target = asking.table(it.table);
                say(own, &question.from, target, it.to(target))
            };
            all.push(Labelled {
                place,
                from: question.from.clone(),
                said: question.answers.iter().map(say).collect(),
                sample: Sample { options, right, weight: 1.0 },
                is_composite: question.from.len() > 1,
                neutral: places(&|it| !truth.has(it) && truth.is_part(it)),
            });
        }
    }
    (all, survey.has_habits())
}

fn key(own: &TableFacts, from: &[usize], target: &TableFacts, to: &[usize]) -> TrueKey {
    let ids = |(from, to): (&usize, &usize)| (own.columns[*from].id, target.columns[*to].id);
    let mut pairs: Vec<_> = from.iter().zip(to).map(ids).collect();
    pairs.sort_unstable();
    TrueKey { from: own.id, to: target.id, pairs }
}

fn say(own: &TableFacts, from: &[usize], target: &TableFacts, to: &[usize]) -> String {
    let names = |table: &TableFacts, places: &[usize]| -> String {
        let names: Vec<&str> = places.iter().map(|it| table.columns[*it].name.as_str()).collect();
        format!("{}.{}", table.name, names.join("+"))
    };
    format!("{} > {}", names(own, from), names(target, to))
}

/// The keys that were taken away, to look up in.
struct Truth<'a> {
    keys: FxHashSet<&'a TrueKey>,
    /// Pairs of columns of keys of several.
    parts: FxHashSet<(TableId, (ColumnId, ColumnId))>,
}

impl<'a> Truth<'a> {
    fn new(keys: &'a [TrueKey]) -> Self {
        let several = keys.iter().filter(|it| it.pairs.len() > 1);
        let parts = several.flat_map(|it| it.pairs.iter().map(|pair| (it.from, *pair))).collect();
        Self { keys: keys.iter().collect(), parts }
    }

    fn has(&self, key: &TrueKey) -> bool {
        self.keys.contains(key)
    }

    /// Whether it is one pair of columns of a key of several.
    fn is_part(&self, key: &TrueKey) -> bool {
        matches!(key.pairs.as_slice(), [pair] if self.parts.contains(&(key.from, *pair)))
    }
}
