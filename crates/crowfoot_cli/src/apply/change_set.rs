//! The text of a change-set, and where in it each change stands.

use crowfoot_schema::{Change, ChangeSet, Conflict, EntityId, Reason};
use crowfoot_text::{Diagnostic, Span};
use serde::Deserialize;
use serde_json::value::RawValue;

/// A change-set as it was read.
pub(super) struct Changes {
    pub(super) set: ChangeSet,
    /// As many as there are changes.
    places: Vec<Place>,
}

struct Place {
    span: Span,
    text: String,
}

/// The changes as they stand in the text.
#[derive(Deserialize)]
struct Raw<'a> {
    #[serde(borrow)]
    changes: Vec<&'a RawValue>,
}

impl Changes {
    /// Reads a change-set; what is wrong with it is told at its place.
    pub(super) fn read(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let raw = serde_json::from_str::<Raw<'_>>(text);
        let raw = raw.map_or_else(|_| Vec::new(), |it| it.changes);
        let place = |it: &&RawValue| {
            let start = it.get().as_ptr() as usize - text.as_ptr() as usize;
            Place { span: span(start, it.get().len()), text: it.get().to_owned() }
        };
        let error = match serde_json::from_str::<ChangeSet>(text) {
            Ok(set) => return Ok(Self { set, places: raw.iter().map(place).collect() }),
            Err(error) => error,
        };
        // Which change it is says more than where the parser gave up.
        let faults: Vec<Diagnostic> = raw
            .iter()
            .enumerate()
            .filter_map(|(at, it)| {
                let error = serde_json::from_str::<Change>(it.get()).err()?;
                let message = format!("`changes[{at}]`: {}", said(&error));
                Some(Diagnostic::error("json/not-a-change", place(it).span, message))
            })
            .collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        let before: usize =
            text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = (before + error.column().saturating_sub(1)).min(text.len());
        let fault = Diagnostic::error("json/not-a-change-set", span(at, 1), said(&error));
        Err(vec![fault.with_help("write `{\"description\": ..., \"changes\": [...]}`")])
    }

    /// Why it was refused, each reason at its change.
    pub(super) fn reasons(&self, reasons: &[Reason]) -> Vec<Diagnostic> {
        reasons
            .iter()
            .map(|reason| {
                let field = reason.field.as_deref();
                let place = self.named(reason.change, reason.entity, field);
                let message = format!("{place}: {}", reason.message);
                let span = self.span(reason.change, field);
                Diagnostic {
                    code: reason.code.clone(),
                    ..Diagnostic::error("json/rejected", span, message)
                }
            })
            .collect()
    }

    /// What others changed too, each at the change of ours that meets it.
    pub(super) fn conflicts(&self, conflicts: &[Conflict]) -> Vec<Diagnostic> {
        conflicts
            .iter()
            .map(|conflict| {
                let at = self.set.changes.iter().position(|it| it.entity() == conflict.entity);
                let at = at.unwrap_or(0);
                let field = conflict.field.as_deref();
                let place = self.named(at, conflict.entity, field);
                let message = format!("{place}: {}", conflict.message);
                let help = format!("theirs is {}, yours is {}", conflict.theirs, conflict.mine);
                Diagnostic {
                    code: conflict.code.clone(),
                    ..Diagnostic::error("json/conflict", self.span(at, field), message)
                }
                .with_help(help)
            })
            .collect()
    }

    /// `changes[2]`, the entity and the field, for messages.
    fn named(&self, at: usize, entity: EntityId, field: Option<&str>) -> String {
        let entity = serde_json::to_value(entity).unwrap_or_default();
        let word = |key: &str| entity.get(key).and_then(|it| it.as_str()).unwrap_or_default();
        let mut named = format!("`changes[{at}]`, {} `{}`", word("kind"), word("id"));
        if word("id").is_empty() {
            named = format!("`changes[{at}]`, {}", word("kind"));
        }
        if let Some(field) = field {
            named.push_str(&format!(", field `{field}`"));
        }
        named
    }

    /// Where a change, or a field that it names, stands.
    fn span(&self, at: usize, field: Option<&str>) -> Span {
        let Some(place) = self.places.get(at) else { return Span::at(0) };
        let found = field.and_then(|it| {
            let key = format!("\"{it}\"");
            place.text.find(&key).map(|offset| (offset, key.len()))
        });
        // The line that a change begins on is enough to find it.
        let first = place.text.find('\n').unwrap_or(place.text.len());
        let (offset, length) = found.unwrap_or((0, first));
        span(place.span.start as usize + offset, length)
    }
}

fn span(start: usize, length: usize) -> Span {
    let at = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    Span::new(at(start), at(start + length))
}

/// What the JSON parser says, without the place that it adds.
fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::Changes;

    #[track_caller]
    fn check(text: &str, expected: &[(u32, &str)]) {
        let found = Changes::read(text).err().unwrap_or_default();
        let found: Vec<(u32, &str)> =
            found.iter().map(|it| (it.span.start, it.message.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_no_change_is_told_by_its_number_and_place() {
        check(r#"{"description":"x","changes":[]}"#, &[]);
        check(r#"{"changes":[]}"#, &[(13, "missing field `description`")]);
        let text = r#"{"description":"x","changes":[{"op":"deleteTable","id":"7"}]}"#;
        assert!(
            Changes::read(text).is_err_and(
                |it| it[0].span.start == 30 && it[0].message.starts_with("`changes[0]`: ")
            )
        );
    }
}
