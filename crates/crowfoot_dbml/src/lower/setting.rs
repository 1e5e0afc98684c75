//! What settings say: notes, colours, actions, and what to do with those that we do not know.

use crowfoot_schema::{Color, Extra, ReferentialAction};
use crowfoot_text::Diagnostic;
use smol_str::SmolStr;

use super::Lower;
use crate::{
    ast::{Setting, Value, is_key},
    closest,
};

impl<'a> Lower<'a, '_> {
    /// The text of a setting, or a report that it is none.
    pub(super) fn text_of(&mut self, setting: &Setting<'a>) -> Option<String> {
        match &setting.value {
            Value::Text(text) | Value::Quoted(text) => Some(text.clone().into_owned()),
            _ => {
                let message = format!("`{}` needs a string", setting.key);
                let span = setting.span;
                self.diagnostics.push(
                    Diagnostic::error("dbml/bad-value", span, message)
                        .with_help(format!("write `{}: '…'`", setting.key)),
                );
                None
            }
        }
    }

    /// Sets a note, unless it is empty.
    pub(super) fn set_note(&mut self, note: &mut Option<String>, setting: &Setting<'a>) {
        if let Some(text) = self.text_of(setting) {
            if note.is_some() {
                self.repeated(setting);
            }
            *note = (!text.is_empty()).then_some(text);
        }
    }

    pub(super) fn repeated(&mut self, setting: &Setting<'_>) {
        let message = format!("`{}` stands here twice, the last one counts", setting.key);
        self.warn("dbml/repeated-setting", setting.span, message);
    }

    /// A name given as a string or as a bare word.
    pub(super) fn name_of(&mut self, setting: &Setting<'a>) -> Option<SmolStr> {
        let name = match &setting.value {
            Value::Text(text) | Value::Quoted(text) => SmolStr::new(text),
            Value::Words { last, is_dotted: false } => SmolStr::new(last),
            _ => {
                let message = format!("`{}` needs a name in quotes", setting.key);
                self.error("dbml/bad-value", setting.span, message);
                return None;
            }
        };
        (!name.is_empty()).then_some(name)
    }

    /// A colour, or a report that it is none.
    pub(super) fn color_of(&mut self, setting: &Setting<'a>) -> Option<Color> {
        let text = match &setting.value {
            Value::Color(text) => *text,
            _ => setting.value_span.of(self.text),
        };
        match Color::parse(text.trim_matches(['\'', '"'])) {
            Ok(color) => Some(color),
            Err(problem) => {
                let span =
                    if setting.value_span.is_empty() { setting.span } else { setting.value_span };
                self.error("dbml/bad-color", span, problem.to_string());
                None
            }
        }
    }

    /// A referential action, or a report that it is none.
    pub(super) fn action_of(&mut self, setting: &Setting<'a>) -> Option<ReferentialAction> {
        const ACTIONS: [(&str, ReferentialAction); 5] = [
            ("cascade", ReferentialAction::Cascade),
            ("restrict", ReferentialAction::Restrict),
            ("set null", ReferentialAction::SetNull),
            ("set default", ReferentialAction::SetDefault),
            ("no action", ReferentialAction::NoAction),
        ];
        let text = setting.value_span.of(self.text).trim_matches(['\'', '"']).trim();
        let found = ACTIONS.iter().find(|(words, _)| is_key(text, words));
        if let Some(&(_, action)) = found {
            return Some(action);
        }
        let span = if setting.value_span.is_empty() { setting.span } else { setting.value_span };
        let message = format!("`{text}` is no referential action");
        let close = closest::closest(text, ACTIONS.iter().map(|it| it.0));
        let help = match close {
            Some(close) => format!("did you mean `{close}`?"),
            None => "write cascade, restrict, set null, set default or no action".to_owned(),
        };
        let problem = Diagnostic::error("dbml/unknown-action", span, message);
        self.diagnostics.push(problem.with_help(help));
        None
    }

    /// Whether a setting that takes no value has none.
    pub(super) fn flag(&mut self, setting: &Setting<'_>) -> bool {
        if matches!(setting.value, Value::None) {
            return true;
        }
        let value = setting.value_span.of(self.text);
        let message = format!("`{}` takes no value, and `{value}` is left out", setting.key);
        self.warn("dbml/bad-value", setting.value_span, message);
        !value.eq_ignore_ascii_case("false")
    }

    /// A setting as it is written.
    pub(super) fn extra_of(&self, setting: &Setting<'_>) -> Extra {
        let value = match setting.value {
            Value::None => None,
            _ => Some(setting.value_span.of(self.text).trim().to_owned()),
        };
        Extra { key: SmolStr::new(setting.key), value }
    }

    /// Keeps a setting that we do not know, with a warning.
    pub(super) fn keep(
        &mut self,
        extras: &mut Vec<Extra>,
        setting: &Setting<'_>,
        known: &[&'static str],
    ) {
        let message =
            format!("the setting `{}` is not known and is kept as it is written", setting.key);
        let mut problem = Diagnostic::warning("dbml/unknown-setting", setting.key_span, message);
        if let Some(close) = closest::closest(setting.key, known.iter().copied()) {
            problem = problem.with_help(format!("did you mean `{close}`?"));
        }
        self.diagnostics.push(problem);
        extras.push(self.extra_of(setting));
    }
}
