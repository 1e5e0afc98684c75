//! Fits the weights on a folder of schemas and writes `src/weights.tsv`.
//!
//! `cargo run --release -p crowfoot_suggest --example fit -- FOLDER [--dry]`, where the folder holds
//! `manifest.tsv` (columns `name`, `family` and `primary`) and `sql/NAME.sql`. What it prints is
//! cross-validated: each family is judged by weights that were fitted on the others.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a chore for people at a terminal")]

use std::{collections::BTreeMap, path::Path};

use crowfoot_schema::{Diagram, Dialect, IdMint};
use crowfoot_suggest::{
    DEFAULT_CONFIDENCE, Model, Weights,
    learn::{Labelled, Plan, Prediction, Sample, Strip, calibrate, fit, labelled, strip},
};

/// So many parts of the families take turns at being judged.
const FOLDS: usize = 6;
/// Schemas with fewer keys for each table leave most of theirs undeclared: nothing to learn from.
const LEAST_DECLARED: f64 = 0.4;
/// Schemas with so many are counted in the figures.
const COUNTED: f64 = 0.8;
const BARE: Plan = Plan { n_trees: 150, step: 0.12, ridge: 4.0, least: 3.0 };
const COMPOSITE: Plan = Plan { n_trees: 120, least: 1.0, ridge: 2.0, ..BARE };
/// How keys are taken away: all, twice a fifth, a half.
const STRIPS: [Strip; 4] = [Strip::All, Strip::OneIn(5, 1), Strip::OneIn(5, 2), Strip::OneIn(2, 3)];

struct Schema {
    family: String,
    name: String,
    is_counted: bool,
    strip: usize,
    n_keys: usize,
    has_habits: bool,
    questions: Vec<Labelled>,
}

/// What was suggested and whether it was right, and the number of keys.
#[derive(Clone, Default)]
struct Tally {
    predictions: Vec<(f64, bool)>,
    n_keys: usize,
}

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().expect("the folder of schemas is wanted");
    let is_dry = args.next().is_some_and(|it| it == "--dry");
    let schemas = read(Path::new(&folder));
    let folds = folds(&schemas);

    let mut predictions: BTreeMap<(bool, bool), Vec<Prediction>> = BTreeMap::new();
    let mut raw: Vec<(usize, bool, bool, f64, bool)> = Vec::new();
    for fold in 0..FOLDS {
        let weights = fit_all(schemas.iter().filter(|it| folds[&it.family] != fold));
        for (at, schema) in schemas.iter().enumerate().filter(|it| folds[&it.1.family] == fold) {
            if !schema.is_counted {
                continue;
            }
            for question in &schema.questions {
                let model = weights.model(schema.has_habits, question.is_composite);
                let (share, best) = best(model, &question.sample);
                if question.neutral.contains(&best) {
                    continue;
                }
                let is_right = question.sample.right.contains(&best);
                let situation = (schema.has_habits, question.is_composite);
                let weight = f64::from(question.sample.weight);
                let prediction = Prediction { share, is_right, weight };
                predictions.entry(situation).or_default().push(prediction);
                raw.push((at, situation.0, situation.1, share, is_right));
            }
        }
    }

    let mut weights = fit_all(schemas.iter());
    for (situation, predictions) in &predictions {
        let points = calibrate(predictions, (predictions.len() / 40).clamp(10, 60));
        let model = match situation {
            (false, false) => &mut weights.bare,
            (true, false) => &mut weights.habit,
            (false, true) => &mut weights.bare_composite,
            (true, true) => &mut weights.habit_composite,
        };
        model.calibration = points;
    }
    let mut tallies: Vec<Tally> =
        schemas.iter().map(|it| Tally { predictions: Vec::new(), n_keys: it.n_keys }).collect();
    for (at, has_habits, is_composite, share, is_right) in raw {
        let confidence = weights.model(has_habits, is_composite).confidence(share);
        tallies[at].predictions.push((confidence, is_right));
    }
    report(&schemas, &tallies);
    if !is_dry {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/weights.tsv");
        std::fs::write(&path, weights.print()).unwrap();
        println!("wrote {}", path.display());
    }
}

fn best(model: &Model, sample: &Sample) -> (f64, usize) {
    let scores: Vec<f32> = sample.options.iter().map(|it| model.score(it)).collect();
    let shares = Model::shares(&scores);
    let best = (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b])).unwrap();
    (shares[best], best)
}

fn fit_all<'a>(schemas: impl Iterator<Item = &'a Schema>) -> Weights {
    let schemas: Vec<&Schema> = schemas.collect();
    let samples = |has_habits: bool, is_composite: bool| -> Vec<Sample> {
        let chosen = schemas.iter().filter(|it| it.has_habits == has_habits);
        let questions = chosen.flat_map(|it| &it.questions);
        let questions =
            questions.filter(|it| it.is_composite == is_composite && it.neutral.is_empty());
        questions.map(|it| it.sample.clone()).collect()
    };
    Weights {
        bare: fit(&samples(false, false), BARE),
        habit: fit(&samples(true, false), BARE),
        bare_composite: fit(&samples(false, true), COMPOSITE),
        habit_composite: fit(&samples(true, true), COMPOSITE),
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
    // A family counts by the root of its size, however many dialects it comes in.
    let mut sizes: BTreeMap<String, f32> = BTreeMap::new();
    for schema in &schemas {
        *sizes.entry(schema.family.clone()).or_default() += schema.questions.len() as f32;
    }
    let all: f32 = sizes.values().sum();
    let mean = sizes.values().map(|it| it.sqrt()).sum::<f32>() / all;
    for schema in &mut schemas {
        let weight = 1.0 / sizes[&schema.family].sqrt() / mean;
        schema.questions.iter_mut().for_each(|it| it.sample.weight = weight);
    }
    schemas
}

fn add(schemas: &mut Vec<Schema>, name: &str, family: &str, is_primary: bool, diagram: &Diagram) {
    let density = diagram.refs().len() as f64 / diagram.tables().len().max(1) as f64;
    if density < LEAST_DECLARED {
        return;
    }
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

fn report(schemas: &[Schema], tallies: &[Tally]) {
    for (strip, how) in STRIPS.iter().enumerate() {
        println!("\n{how:?}, judged by weights of other families");
        let mut all = Tally::default();
        let mut parts: Vec<(f64, f64)> = Vec::new();
        let both = schemas.iter().zip(tallies);
        for (schema, tally) in both.filter(|it| it.0.is_counted && it.0.strip == strip) {
            let (precision, recall, shown) = figures(tally);
            if strip < 2 {
                println!(
                    "  {:20} precision {precision:.2} recall {recall:.2} ({shown} for {} keys)",
                    schema.name, tally.n_keys
                );
            }
            if tally.n_keys > 0 {
                parts.push((precision, recall));
            }
            all.n_keys += tally.n_keys;
            all.predictions.extend(&tally.predictions);
        }
        let (precision, recall, _) = figures(&all);
        let n = parts.len().max(1) as f64;
        let mean = |pick: fn(&(f64, f64)) -> f64| parts.iter().map(pick).sum::<f64>() / n;
        println!("  micro precision {precision:.3} recall {recall:.3}");
        println!("  macro precision {:.3} recall {:.3}", mean(|it| it.0), mean(|it| it.1));
        let sure: Vec<_> = all.predictions.iter().filter(|it| it.0 >= 0.9).collect();
        let right = sure.iter().filter(|it| it.1).count() as f64 / sure.len().max(1) as f64;
        println!("  at 0.9 and above {} of which right {right:.3}", sure.len());
    }
}

fn figures(tally: &Tally) -> (f64, f64, usize) {
    let shown: Vec<_> = tally.predictions.iter().filter(|it| it.0 >= DEFAULT_CONFIDENCE).collect();
    let right = shown.iter().filter(|it| it.1).count() as f64;
    (right / shown.len().max(1) as f64, right / tally.n_keys.max(1) as f64, shown.len())
}
