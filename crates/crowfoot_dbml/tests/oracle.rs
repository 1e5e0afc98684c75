//! What we print is read by the reference implementation without an error and means the same to
//! it; what people write means the same to both of us.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod reference;
mod support;

use std::{fs, path::Path};

use crowfoot_schema::{Diagram, IdMint};

fn mint() -> IdMint {
    IdMint::new(1_700_000_000_000, 7)
}

fn check_all(folder: &str, texts: &[(String, String)], diagrams: &[Diagram]) {
    let differences = reference::differences(folder, texts, diagrams).concat();
    assert!(differences.is_empty(), "{differences}");
}

fn fixtures() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths
        .iter()
        .filter(|it| it.extension().is_some_and(|it| it == "dbml"))
        .map(|it| {
            let name = it.file_stem().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(it).unwrap())
        })
        .collect()
}

/// Those fixtures have slips that it reads otherwise, or blocks that only we let pass.
const NOT_FOR_ALL: [&str; 4] = ["errors", "unclosed", "kept", "two-keys"];

#[test]
fn fixtures_mean_the_same_to_the_reference_implementation() {
    let mut texts = fixtures();
    texts.retain(|it| !NOT_FOR_ALL.contains(&&*it.0));
    let read = |it: &(String, String)| crowfoot_dbml::import(&it.1, &mut mint()).value;
    let diagrams: Vec<Diagram> = texts.iter().map(read).collect();
    check_all("fixtures", &texts, &diagrams);
    for ((_, text), diagram) in texts.iter_mut().zip(&diagrams) {
        *text = crowfoot_dbml::print(diagram).text;
    }
    check_all("printed", &texts, &diagrams);
}

#[test]
fn random_diagrams_mean_the_same_to_the_reference_implementation() {
    let make = |seed| support::diagram(seed, 1 + seed as usize % 6, true);
    let diagrams: Vec<Diagram> = (0..200).map(make).collect();
    let print = |(at, it): (usize, &Diagram)| (at.to_string(), crowfoot_dbml::print(it).text);
    let texts: Vec<(String, String)> = diagrams.iter().enumerate().map(print).collect();
    check_all("random", &texts, &diagrams);
}
