//! Fits the weights on a folder of schemas and writes `src/weights.tsv`.
//!
//! `cargo run --release -p crowfoot_suggest --example fit -- FOLDER [--dry] [--list NAME,NAME]`, where the
//! folder holds `manifest.tsv` (columns `name`, `family` and `primary`) and `sql/NAME.sql`. What it
//! prints is cross-validated: each family is judged by weights that were fitted on the others, and by
//! a calibration that does not know it. `--list` shows what was wrong and what was missed in schemas.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a chore for people at a terminal")]

use std::{collections::BTreeMap, path::Path};

use crowfoot_schema::{Diagram, Dialect, IdMint};
use crowfoot_suggest::{
    DEFAULT_CONFIDENCE, Feature, Model, Weights,
    learn::{Labelled, Plan, Prediction, Sample, Strip, calibrate, fit, labelled, strip},
    with_rules,
};

/// So many parts of the families take turns at being judged.
const FOLDS: usize = 6;
/// Schemas with fewer keys for each table leave most of theirs undeclared: nothing to learn from.
const LEAST_DECLARED: f64 = 0.4;
/// Schemas with so many are counted in the figures.
const COUNTED: f64 = 0.8;
const SINGLE: Plan =
    Plan { n_rounds: 120, n_leaves: 8, depth: 4, step: 0.1, ridge: 4.0, least: 0.8, features: &[] };
const COMPOSITE: Plan = Plan {
    n_rounds: 30,
    n_leaves: 4,
    depth: 3,
    step: 0.2,
    ridge: 2.0,
    least: 0.5,
    features: {
        use Feature::*;
        &[
            PartOf,
            TableCover,
            Generic,
            Rivals,
            Lead,
            Covered,
            KeyCover,
            OwnPrimary,
            Primary,
            Standing,
            TypeFit,
            Borrowed,
            TargetNamesOwn,
            HabitTarget,
            HabitTaken,
            HabitSeveral,
            HabitTargetSeveral,
            SelfRef,
            Ruled,
            Held,
        ]
    },
};
/// How keys are taken away: all, four times a fifth, and half.
const STRIPS: [Strip; 6] = [
    Strip::All,
    Strip::OneIn(5, 1),
    Strip::OneIn(5, 2),
    Strip::OneIn(5, 3),
    Strip::OneIn(5, 4),
    Strip::OneIn(2, 3),
];
/// What is judged: which of them, and its name.
const MODES: [(&str, std::ops::Range<usize>); 3] =
    [("all taken away", 0..1), ("a fifth taken away", 1..5), ("half taken away", HALF..HALF + 1)];
/// Nothing is learnt from it: where half is open, what is open counts for less than it does as a rule.
const HALF: usize = 5;

struct Schema {
    family: String,
    name: String,
    is_counted: bool,
    strip: usize,
    n_keys: usize,
    /// More than a quarter of its keys have several columns.
    is_composite: bool,
    has_habits: bool,
    questions: Vec<Labelled>,
}

/// Which weights a question is for: whether the schema has habits, whether it has several columns.
type Situation = (bool, bool);

/// The likeliest answer to a question.
struct Guess {
    schema: usize,
    question: usize,
    answer: usize,
    situation: Situation,
    fold: usize,
    share: f64,
    confidence: f64,
    is_right: bool,
    weight: f64,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let folder = args.first().expect("the folder of schemas is wanted");
    let listed = args.iter().position(|it| it == "--list").and_then(|at| args.get(at + 1));
    let schemas = read(Path::new(&folder));
    let mut guesses = guess(&schemas);
    // Each part of the families is judged by a calibration made on the others.
    for fold in 0..FOLDS {
        let points = calibrations(guesses.iter().filter(|it| it.fold != fold));
        for guess in guesses.iter_mut().filter(|it| it.fold == fold) {
            let model = Model { trees: Vec::new(), calibration: points[&guess.situation].clone() };
            guess.confidence = model.confidence(guess.share);
            let schema = &schemas[guess.schema];
            let sample = &schema.questions[guess.question].sample;
            let features = &sample.options[guess.answer];
            guess.confidence = with_rules(guess.confidence, schema.has_habits, features);
        }
    }
    leave_out_parts(&schemas, &mut guesses);
    report(&schemas, &guesses);
    curve(&schemas, &guesses);
    for name in listed.into_iter().flat_map(|it| it.split(',')) {
        list(&schemas, &guesses, name);
    }
    if args.iter().any(|it| it == "--dry") {
        return;
    }
    let mut weights = fit_all(schemas.iter());
    for (situation, points) in calibrations(guesses.iter()) {
        let model = match situation {
            (false, false) => &mut weights.bare,
            (true, false) => &mut weights.habit,
            (_, true) => &mut weights.composite,
        };
        model.calibration = points;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/weights.tsv");
    std::fs::write(&path, weights.print()).unwrap();
    println!("wrote {}", path.display());
}

/// What a longer key that is shown holds is not suggested by itself as well.
fn leave_out_parts(schemas: &[Schema], guesses: &mut [Guess]) {
    let mut shown: BTreeMap<(usize, usize), Vec<&[usize]>> = BTreeMap::new();
    for guess in guesses.iter().filter(|it| it.situation.1 && it.confidence >= DEFAULT_CONFIDENCE) {
        let question = &schemas[guess.schema].questions[guess.question];
        shown.entry((guess.schema, question.place)).or_default().push(&question.from);
    }
    for guess in guesses.iter_mut() {
        let question = &schemas[guess.schema].questions[guess.question];
        let longer = shown.get(&(guess.schema, question.place));
        let is_part = |key: &&[usize]| {
            key.len() > question.from.len() && question.from.iter().all(|it| key.contains(it))
        };
        if longer.is_some_and(|it| it.iter().any(is_part)) {
            guess.confidence = 0.0;
        }
    }
}

/// Answers all questions of the schemas that are counted by weights fitted on other families.
fn guess(schemas: &[Schema]) -> Vec<Guess> {
    let folds = folds(schemas);
    let of_fold = |fold: usize| {
        let weights = fit_all(schemas.iter().filter(|it| folds[&it.family] != fold));
        let mut guesses = Vec::new();
        for (at, schema) in schemas.iter().enumerate().filter(|it| folds[&it.1.family] == fold) {
            if !schema.is_counted {
                continue;
            }
            for (nth, question) in schema.questions.iter().enumerate() {
                let situation =
                    (schema.has_habits && !question.is_composite, question.is_composite);
                let (share, answer) =
                    best(weights.model(situation.0, situation.1), &question.sample);
                if !question.neutral.contains(&answer) {
                    guesses.push(Guess {
                        schema: at,
                        question: nth,
                        answer,
                        situation,
                        fold,
                        share,
                        confidence: share,
                        is_right: question.sample.right.contains(&answer),
                        weight: f64::from(question.sample.weight),
                    });
                }
            }
        }
        guesses
    };
    let of_fold = &of_fold;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..FOLDS).map(|fold| scope.spawn(move || of_fold(fold))).collect();
        threads.into_iter().flat_map(|it| it.join().unwrap()).collect()
    })
}

fn calibrations<'a>(
    guesses: impl Iterator<Item = &'a Guess>,
) -> BTreeMap<Situation, Vec<(f64, f64)>> {
    let mut predictions: BTreeMap<Situation, Vec<Prediction>> = BTreeMap::new();
    for guess in guesses {
        let prediction =
            Prediction { share: guess.share, is_right: guess.is_right, weight: guess.weight };
        predictions.entry(guess.situation).or_default().push(prediction);
    }
    // Keys of several columns are too few for more than the shares themselves.
    let points = |situation: Situation, it: Vec<Prediction>| {
        if situation.1 { Vec::new() } else { calibrate(&it, (it.len() / 40).clamp(10, 60)) }
    };
    predictions.into_iter().map(|it| (it.0, points(it.0, it.1))).collect()
}

fn best(model: &Model, sample: &Sample) -> (f64, usize) {
    let scores: Vec<f32> = sample.options.iter().map(|it| model.score(it)).collect();
    let shares = Model::shares(&scores);
    let best = (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b])).unwrap();
    (shares[best], best)
}

fn fit_all<'a>(schemas: impl Iterator<Item = &'a Schema>) -> Weights {
    let schemas: Vec<&Schema> = schemas.collect();
    let samples = |has_habits: Option<bool>, is_composite: bool| -> Vec<Sample> {
        let learnt = schemas.iter().filter(|it| it.strip != HALF);
        let chosen = learnt.filter(|it| has_habits.is_none_or(|has| has == it.has_habits));
        let questions = chosen.flat_map(|it| &it.questions);
        questions.filter(|it| it.is_composite == is_composite).map(clear).collect()
    };
    Weights {
        bare: fit(&samples(Some(false), false), SINGLE),
        habit: fit(&samples(Some(true), false), SINGLE),
        composite: fit(&samples(None, true), COMPOSITE),
    }
}

/// A question without the answers that are neither right nor wrong.
fn clear(question: &Labelled) -> Sample {
    let Sample { options, right, weight } = &question.sample;
    let kept: Vec<usize> = (0..options.len()).filter(|it| !question.neutral.contains(it)).collect();
    Sample {
        options: kept.iter().map(|it| options[*it]).collect(),
        right: (0..kept.len()).filter(|it| right.contains(&kept[*it])).collect(),
        weight: *weight,
    }
}

fn read(folder: &Path) -> Vec<Schema> {
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv")).unwrap();
    let mut lines = manifest.lines();
    let heads: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let place = |name: &str| heads.iter().position(|it| *it == name).unwrap();
    let (name, family, primary) = (place("name"), place("family"), place("primary"));
    let mut schemas = Vec::new();
    for line in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let bytes =
            std::fs::read(folder.join("sql").join(format!("{}.sql", fields[name]))).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let dialect = crowfoot_sql::detect(&text).unwrap_or(Dialect::PostgreSql);
        let diagram = crowfoot_sql::import(dialect, &text, &mut IdMint::new(0, 1)).value;
        add(&mut schemas, fields[name], fields[family], fields[primary] == "1", &diagram);
    }
    weigh(&mut schemas, false);
    weigh(&mut schemas, true);
    schemas
}

/// A family counts by the root of how many questions it has, however many dialects it comes in.
fn weigh(schemas: &mut [Schema], is_composite: bool) {
    let mut sizes: BTreeMap<String, f32> = BTreeMap::new();
    for schema in schemas.iter() {
        let n = schema.questions.iter().filter(|it| it.is_composite == is_composite).count();
        *sizes.entry(schema.family.clone()).or_default() += n as f32;
    }
    let all: f32 = sizes.values().sum();
    let mean = sizes.values().map(|it| it.sqrt()).sum::<f32>() / all;
    for schema in schemas {
        let weight = 1.0 / sizes[&schema.family].sqrt() / mean;
        let questions = schema.questions.iter_mut().filter(|it| it.is_composite == is_composite);
        questions.for_each(|it| it.sample.weight = weight);
    }
}

fn add(schemas: &mut Vec<Schema>, name: &str, family: &str, is_primary: bool, diagram: &Diagram) {
    let density = diagram.refs().len() as f64 / diagram.tables().len().max(1) as f64;
    if density < LEAST_DECLARED {
        return;
    }
    let of_several = |it: &&crowfoot_schema::Ref| it.columns.len() > 1;
    let is_composite = diagram.refs().filter(of_several).count() * 4 > diagram.refs().len();
    for (nth, how) in STRIPS.into_iter().enumerate() {
        if nth > 0 && !is_primary {
            continue;
        }
        let (stripped, keys) = strip(diagram, how);
        let (questions, has_habits) = labelled(&stripped, &keys);
        schemas.push(Schema {
            family: family.to_owned(),
            name: name.to_owned(),
            is_counted: is_primary && density >= COUNTED,
            strip: nth,
            n_keys: keys.len(),
            is_composite,
            has_habits,
            questions,
        });
    }
}

/// Deals the families out, the largest first, so that the parts are about equal.
fn folds(schemas: &[Schema]) -> BTreeMap<String, usize> {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for schema in schemas {
        *sizes.entry(&schema.family).or_default() += schema.questions.len();
    }
    let mut families: Vec<(&str, usize)> = sizes.into_iter().collect();
    families.sort_by_key(|it| std::cmp::Reverse(it.1));
    families.iter().enumerate().map(|(at, it)| (it.0.to_owned(), at % FOLDS)).collect()
}

/// What was shown, what of it was right, and how many keys there were.
#[derive(Clone, Copy, Default)]
struct Count {
    n_shown: f64,
    n_right: f64,
    n_keys: f64,
    n_sure: f64,
    n_sure_right: f64,
}

impl Count {
    fn precision(self) -> f64 {
        if self.n_shown == 0.0 { 0.0 } else { self.n_right / self.n_shown }
    }

    fn recall(self) -> f64 {
        self.n_right / self.n_keys.max(1.0)
    }

    fn add(&mut self, other: Self) {
        self.n_shown += other.n_shown;
        self.n_right += other.n_right;
        self.n_keys += other.n_keys;
        self.n_sure += other.n_sure;
        self.n_sure_right += other.n_sure_right;
    }
}

fn report(schemas: &[Schema], guesses: &[Guess]) {
    let mut counts: Vec<Count> = vec![Count::default(); schemas.len()];
    for (count, schema) in counts.iter_mut().zip(schemas) {
        count.n_keys = schema.n_keys as f64;
    }
    for guess in guesses.iter().filter(|it| it.confidence >= DEFAULT_CONFIDENCE) {
        let count = &mut counts[guess.schema];
        let (is_right, is_sure) = (f64::from(guess.is_right), f64::from(guess.confidence >= 0.9));
        count.add(Count {
            n_shown: 1.0,
            n_right: is_right,
            n_keys: 0.0,
            n_sure: is_sure,
            n_sure_right: is_sure * is_right,
        });
    }
    for (mode, strips) in MODES {
        println!("\n{mode}: precision, recall, keys");
        let is_judged = |it: &&Guess| {
            let schema = &schemas[it.schema];
            it.situation.1 && schema.is_counted && strips.contains(&schema.strip)
        };
        let several: Vec<&Guess> = guesses.iter().filter(is_judged).collect();
        let is_shown = |it: &&&Guess| it.confidence >= DEFAULT_CONFIDENCE;
        let n_right = several.iter().filter(is_shown).filter(|it| it.is_right).count();
        let n_shown = several.iter().filter(is_shown).count();
        println!("  of several columns {n_right} of {n_shown} shown are right");
        let mut by_name: BTreeMap<&str, Count> = BTreeMap::new();
        let mut totals = [Count::default(); 2];
        for (schema, count) in schemas.iter().zip(&counts) {
            if schema.is_counted && strips.contains(&schema.strip) {
                by_name.entry(&schema.name).or_default().add(*count);
                totals[0].add(*count);
                if !schema.is_composite {
                    totals[1].add(*count);
                }
            }
        }
        for (name, it) in &by_name {
            let (wrong, missed) = (it.n_shown - it.n_right, it.n_keys - it.n_right);
            println!(
                "  {name:20} {:.2} {:.2} {:4} keys, {wrong:4} wrong, {missed:4} missed",
                it.precision(),
                it.recall(),
                it.n_keys
            );
        }
        let n = by_name.len() as f64;
        let mean = |pick: fn(Count) -> f64| by_name.values().map(|it| pick(*it)).sum::<f64>() / n;
        for (name, it) in
            ["micro", "micro, without schemas of many composite keys"].iter().zip(totals)
        {
            println!("  {name}: {:.3} {:.3}", it.precision(), it.recall());
            println!(
                "    at 0.9 and above {} of which {:.3}",
                it.n_sure,
                it.n_sure_right / it.n_sure
            );
        }
        println!("  macro: {:.3} {:.3}", mean(Count::precision), mean(Count::recall));
    }
}

/// What showing more or less would bring.
fn curve(schemas: &[Schema], guesses: &[Guess]) {
    for (mode, strips) in MODES {
        println!("\n{mode}: confidence, precision, recall");
        let is_judged = |it: usize| schemas[it].is_counted && strips.contains(&schemas[it].strip);
        let n_keys: usize =
            (0..schemas.len()).filter(|it| is_judged(*it)).map(|it| schemas[it].n_keys).sum();
        for step in 6..=19 {
            let least = f64::from(step) * 0.05;
            let shown = guesses.iter().filter(|it| is_judged(it.schema) && it.confidence >= least);
            let (mut n, mut n_right) = (0, 0);
            shown.for_each(|it| {
                n += 1;
                n_right += usize::from(it.is_right);
            });
            let (n, n_right) = (f64::from(n), n_right as f64);
            println!("  {least:.2} {:.3} {:.3}", n_right / n.max(1.0), n_right / n_keys as f64);
        }
    }
}

/// What was wrong in a schema, and what was right and not shown.
fn list(schemas: &[Schema], guesses: &[Guess], name: &str) {
    for (at, schema) in schemas.iter().enumerate().filter(|it| it.1.name == name) {
        println!("\n{name}, {:?}", STRIPS[schema.strip]);
        for guess in guesses.iter().filter(|it| it.schema == at) {
            let question = &schema.questions[guess.question];
            let is_shown = guess.confidence >= DEFAULT_CONFIDENCE;
            let said = &question.said[guess.answer];
            if is_shown && !guess.is_right {
                println!("  wrong  {:.2} {said}", guess.confidence);
            }
            let is_missed = !is_shown || !guess.is_right;
            if let Some(right) = question.sample.right.first().filter(|_| is_missed) {
                let right = &question.said[*right];
                println!("  missed {:.2} {right} ({said})", guess.confidence);
            }
        }
    }
}
