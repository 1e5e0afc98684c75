//! The table of weights that [`fit`](crate::learn::fit) made: reading and printing it.
//!
//! A line says which weights it belongs to, a feature, and its points by value: `0.1 > 2.5 0.4` gives
//! 0.1 up to 2.5 and 0.4 above it. Two features have the cuts of the second one first, and for each
//! step of the first one the points by the second one. `calibration` gives confidence by share.

use std::{fmt::Write, sync::LazyLock};

use crate::{
    feature::Feature,
    model::{Model, Scale, Term},
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
                names => model.terms.push(term(names, fields)?),
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
            for term in &model.terms {
                writeln!(out, "{name}\t{}", print_term(term)).expect(STRING);
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

fn term(names: &str, fields: std::str::Split<'_, char>) -> Option<Term> {
    let feature = |name: &str| Feature::ALL.iter().copied().find(|it| it.name() == name);
    let mut second = None;
    let mut first = Scale { feature: Feature::Ending, cuts: Vec::new() };
    let mut fields = fields.peekable();
    match names.split_once(" & ") {
        None => first.feature = feature(names)?,
        Some((name, other)) => {
            first.feature = feature(name)?;
            let (mark, cuts) = fields.next()?.split_once(' ')?;
            let cuts = cuts.split(' ').map(|it| it.parse().ok()).collect::<Option<_>>()?;
            second = (mark == ">").then_some(Scale { feature: feature(other)?, cuts });
            second.as_ref()?;
        }
    }
    let n_second = second.as_ref().map_or(1, |it| it.cuts.len() + 1);
    let mut points = Vec::new();
    while let Some(field) = fields.next() {
        let row: Vec<f32> = field.split(' ').map(|it| it.parse().ok()).collect::<Option<_>>()?;
        if row.len() != n_second {
            return None;
        }
        points.extend(row);
        if let Some(cut) = fields.next() {
            first.cuts.push(cut.strip_prefix("> ")?.parse().ok()?);
            fields.peek()?;
        }
    }
    (!points.is_empty()).then_some(Term { first, second, points })
}

fn print_term(term: &Term) -> String {
    let mut out = term.first.feature.name().to_owned();
    let mut n_second = 1;
    if let Some(second) = &term.second {
        write!(out, " & {}\t>", second.feature.name()).expect(STRING);
        second.cuts.iter().for_each(|it| write!(out, " {it:.2}").expect(STRING));
        n_second = second.cuts.len() + 1;
    }
    for (at, row) in term.points.chunks(n_second).enumerate() {
        if at > 0 {
            write!(out, "\t> {:.2}", term.first.cuts[at - 1]).expect(STRING);
        }
        let row: Vec<String> = row.iter().map(|it| format!("{it:.2}")).collect();
        write!(out, "\t{}", row.join(" ")).expect(STRING);
    }
    out
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
            assert!(!model.terms.is_empty());
            assert!(model.calibration.is_sorted());
        }
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        assert_eq!(Weights::parse("bare\tcalibration\tx is 1"), None);
        assert_eq!(Weights::parse("other\tcalibration\t0 is 1"), None);
        assert_eq!(Weights::parse("bare\tending\t1\t> 2"), None);
        assert_eq!(Weights::parse("bare\tno-feature\t1"), None);
    }
}
