//! The table of weights that [`fit`](crate::learn::fit) made: reading and printing it.
//!
//! A line says which weights it belongs to, and a few questions with the points that they lead to:
//! `tree > 0.5 ? 1.2 : lead > 0.1 ? 0.3 : -0.2` gives 1.2 where the feature `tree` is above 0.5, and
//! else 0.3 or -0.2 by the feature `lead`. What all lines give is added up. `calibration` gives
//! confidence by share.

use std::{fmt::Write, sync::LazyLock};

use crate::{
    feature::Feature,
    model::{Model, Node, Tree},
};

/// The weights for each situation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    /// Keys of one column in a schema that declares none.
    pub bare: Model,
    /// The same in a schema that declares some, from which habits are learnt.
    pub habit: Model,
    /// Keys of several columns.
    pub composite: Model,
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
            (_, true) => &self.composite,
        }
    }

    fn named(&mut self, name: &str) -> Option<&mut Model> {
        Some(match name {
            "bare" => &mut self.bare,
            "habit" => &mut self.habit,
            "composite" => &mut self.composite,
            _ => return None,
        })
    }

    /// Reads a table of weights; none if a line is not well formed.
    pub fn parse(text: &str) -> Option<Self> {
        let mut weights = Self::default();
        for line in text.lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
            let mut fields = line.split('\t');
            let model = weights.named(fields.next()?)?;
            match fields.next()? {
                "calibration" => {
                    let point = |it: &str| {
                        let (share, confidence) = it.split_once(" is ")?;
                        Some((share.parse().ok()?, confidence.parse().ok()?))
                    };
                    model.calibration = fields.map(point).collect::<Option<_>>()?;
                }
                questions => {
                    let mut words = questions.split(' ');
                    model.trees.push(tree(&mut words)?);
                    if words.next().is_some() {
                        return None;
                    }
                }
            }
        }
        Some(weights)
    }

    /// The table of weights as text.
    pub fn print(&self) -> String {
        let mut out = String::from(
            "# Made by `cargo run --release -p crowfoot_suggest --example fit`; see weights.rs.\n",
        );
        let models = [("bare", &self.bare), ("habit", &self.habit), ("composite", &self.composite)];
        for (name, model) in models {
            for tree in &model.trees {
                writeln!(out, "{name}\t{}", print_tree(tree, 0)).expect(STRING);
            }
            if model.calibration.is_empty() {
                continue;
            }
            write!(out, "{name}\tcalibration").expect(STRING);
            for (share, confidence) in &model.calibration {
                write!(out, "\t{share:.3} is {confidence:.3}").expect(STRING);
            }
            out.push('\n');
        }
        out
    }
}

const STRING: &str = "writing to a string does not fail";

fn tree<'a>(words: &mut impl Iterator<Item = &'a str>) -> Option<Tree> {
    let word = words.next()?;
    if let Ok(points) = word.parse() {
        return Some(Tree::of_points(points));
    }
    let feature = Feature::ALL.iter().copied().find(|it| it.name() == word)?;
    words.next().filter(|it| *it == ">")?;
    let cut = words.next()?.parse().ok()?;
    words.next().filter(|it| *it == "?")?;
    let above = tree(words)?;
    words.next().filter(|it| *it == ":")?;
    let below = tree(words)?;
    Some(Tree::of_cut(feature, cut, &above, &below))
}

fn print_tree(tree: &Tree, at: usize) -> String {
    match tree.node(at) {
        Node::Points(points) => format!("{points:.2}"),
        Node::Cut { feature, cut, below } => {
            let (above, below) = (print_tree(tree, at + 1), print_tree(tree, usize::from(below)));
            format!("{} > {cut:.2} ? {above} : {below}", feature.name())
        }
    }
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
        for (has_habits, is_composite) in [(false, false), (true, false), (true, true)] {
            let model = weights.model(has_habits, is_composite);
            assert!(!model.trees.is_empty());
            assert!(model.calibration.is_sorted());
        }
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        assert_eq!(Weights::parse("bare\tcalibration\tx is 1"), None);
        assert_eq!(Weights::parse("other\tcalibration\t0 is 1"), None);
        assert_eq!(Weights::parse("bare\tending > 1 ? 2"), None);
        assert_eq!(Weights::parse("bare\tending > 1 ? 2 : 3 4"), None);
        assert_eq!(Weights::parse("bare\tno-feature > 1 ? 2 : 3"), None);
    }
}
