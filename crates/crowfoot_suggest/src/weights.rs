//! The table of weights that [`fit`](crate::learn::fit) made: reading and printing it.
//!
//! A line is a tree: which weights it belongs to, the question, the next question after no with what its
//! answers add, and the same after yes. Lines that begin with `calibration` give confidence by share.

use std::{fmt::Write, sync::LazyLock};

use crate::{
    feature::Feature,
    model::{Model, Question, Tree},
};

/// The weights for each situation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    /// Keys of one column in a schema that declares none.
    pub bare: Model,
    /// The same in a schema that declares some, from which habits are learnt.
    pub habit: Model,
    /// Keys of several columns in a schema that declares none.
    pub bare_composite: Model,
    /// The same in a schema that declares some.
    pub habit_composite: Model,
}

/// The weights that we ship.
static SHIPPED: LazyLock<Weights> = LazyLock::new(|| {
    Weights::parse(include_str!("weights.tsv")).expect("the shipped weights are well formed")
});

impl Weights {
    /// The weights that we ship.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// The weights for a situation.
    pub fn model(&self, has_habits: bool, is_composite: bool) -> &Model {
        match (has_habits, is_composite) {
            (false, false) => &self.bare,
            (true, false) => &self.habit,
            (false, true) => &self.bare_composite,
            (true, true) => &self.habit_composite,
        }
    }

    fn named(&mut self, name: &str) -> Option<&mut Model> {
        Some(match name {
            "bare" => &mut self.bare,
            "habit" => &mut self.habit,
            "bare-composite" => &mut self.bare_composite,
            "habit-composite" => &mut self.habit_composite,
            _ => return None,
        })
    }

    /// Reads a table of weights; none if a line is not well formed.
    pub fn parse(text: &str) -> Option<Self> {
        let mut weights = Self::default();
        for line in text.lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
            let mut fields = line.split('\t');
            let model = weights.named(fields.next()?)?;
            let fields: Vec<&str> = fields.collect();
            match fields.as_slice() {
                ["calibration", share, confidence] => {
                    model.calibration.push((share.parse().ok()?, confidence.parse().ok()?));
                }
                [root, no, no_no, no_yes, yes, yes_no, yes_yes] => {
                    let weight = |text: &str| text.parse::<f32>().ok();
                    model.trees.push(Tree {
                        root: question(root)?,
                        next: [question(no)?, question(yes)?],
                        weights: [
                            weight(no_no)?,
                            weight(no_yes)?,
                            weight(yes_no)?,
                            weight(yes_yes)?,
                        ],
                    });
                }
                _ => return None,
            }
        }
        Some(weights)
    }

    /// The table of weights as text.
    pub fn print(&self) -> String {
        let mut out = String::from(
            "# Made by `cargo run --release -p crowfoot_suggest --example fit`; see weights.rs.\n\
             # weights\tquestion\tafter no\tno\tyes\tafter yes\tno\tyes\n",
        );
        let models = [
            ("bare", &self.bare),
            ("habit", &self.habit),
            ("bare-composite", &self.bare_composite),
            ("habit-composite", &self.habit_composite),
        ];
        for (name, model) in models {
            for tree in &model.trees {
                let ask = |it: Question| format!("{} > {}", it.feature.name(), it.above);
                let [no_no, no_yes, yes_no, yes_yes] = tree.weights;
                let (root, [no, yes]) = (ask(tree.root), tree.next.map(ask));
                let line = writeln!(
                    out,
                    "{name}\t{root}\t{no}\t{no_no:.4}\t{no_yes:.4}\t{yes}\t{yes_no:.4}\t{yes_yes:.4}"
                );
                line.expect("writing to a string does not fail");
            }
            for (share, confidence) in &model.calibration {
                writeln!(out, "{name}\tcalibration\t{share:.4}\t{confidence:.4}")
                    .expect("writing to a string does not fail");
            }
        }
        out
    }
}

fn question(text: &str) -> Option<Question> {
    let (name, above) = text.split_once(" > ")?;
    let feature = *Feature::ALL.iter().find(|it| it.name() == name)?;
    Some(Question { feature, above: above.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::Weights;

    #[test]
    fn what_is_printed_is_read_back() {
        let text = Weights::shipped().print();
        assert_eq!(Weights::parse(&text).unwrap().print(), text);
    }

    #[test]
    fn the_shipped_weights_are_there() {
        let weights = Weights::shipped();
        for (has_habits, is_composite) in
            [(false, false), (true, false), (false, true), (true, true)]
        {
            let model = weights.model(has_habits, is_composite);
            assert!(!model.trees.is_empty() && !model.calibration.is_empty());
            assert!(model.calibration.is_sorted());
        }
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        assert_eq!(Weights::parse("bare\tcalibration\tx\t1"), None);
        assert_eq!(Weights::parse("other\tcalibration\t0\t1"), None);
        assert_eq!(Weights::parse("bare\tno-feature > 1\t\t\t\t\t\t"), None);
    }
}
