//! Defaults, in the target's words.

use crowfoot_schema::DefaultValue;

use super::{Printer, types::ColumnPlan};
use crate::{Dialect, dialect::kind::Kind};

/// What a default says, whichever dialect said it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Meaning {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    Bits(String),
    Now,
    Today,
    TimeOfDay,
    NewUuid,
    Other(String),
}

/// A random UUID (version 4) in SQLite's words.
const SQLITE_UUID: &str = "(lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || \
     substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || \
     substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))";

impl Printer<'_> {
    /// The default as the target says it; none if it cannot be said with certainty.
    pub(crate) fn default_text(
        &self,
        column: &ColumnPlan,
        default: &DefaultValue,
    ) -> Option<String> {
        if self.is_own() {
            return Some(self.own_default(column, default));
        }
        let meaning = meaning(default);
        if let (Meaning::Other(expr), None) = (&meaning, self.source) {
            let is_bare = self.target == Dialect::PostgreSql && is_bare_in_postgresql(expr);
            return Some(if is_bare { expr.clone() } else { in_parentheses(expr) });
        }
        match self.target {
            Dialect::PostgreSql => self.in_postgresql(&column.kind, meaning),
            Dialect::MySql => self.in_mysql(column, meaning),
            Dialect::Sqlite => self.in_sqlite(&column.kind, meaning),
        }
    }

    fn own_default(&self, column: &ColumnPlan, default: &DefaultValue) -> String {
        match default {
            DefaultValue::Null => "NULL".to_owned(),
            DefaultValue::Bool(true) => "true".to_owned(),
            DefaultValue::Bool(false) => "false".to_owned(),
            DefaultValue::Number(text) => text.to_string(),
            DefaultValue::Text(text) => {
                let literal = self.rules.text_of(text);
                // MySQL gives long values a default only by an expression.
                let is_long = self.target == Dialect::MySql
                    && matches!(column.kind, Kind::Text | Kind::Blob | Kind::Json);
                if is_long { format!("({literal})") } else { literal }
            }
            DefaultValue::Expr(expr) => {
                let is_bare = match self.target {
                    Dialect::PostgreSql => is_bare_in_postgresql(expr),
                    Dialect::MySql => is_bare_in_mysql(expr),
                    Dialect::Sqlite => is_bare_in_sqlite(expr),
                };
                if is_bare { expr.clone() } else { in_parentheses(expr) }
            }
        }
    }

    fn in_postgresql(&self, kind: &Kind, meaning: Meaning) -> Option<String> {
        let text = |it: &str| Some(self.rules.text_of(it));
        match meaning {
            Meaning::Null => Some("NULL".to_owned()),
            Meaning::Bool(value) => match kind {
                Kind::Bool | Kind::Other => Some(value.to_string()),
                it if it.is_number() => Some(u8::from(value).to_string()),
                it if it.is_text() => text(&value.to_string()),
                _ => None,
            },
            Meaning::Number(number) => match kind {
                Kind::Bool => as_bool(&number).map(|it| it.to_string()),
                Kind::Bits { n: Some(n), .. } => {
                    let width = *n as usize;
                    let bits = format!("{:0>width$b}", number.parse::<u64>().ok()?);
                    (bits.len() == width).then(|| format!("B'{bits}'"))
                }
                it if it.is_number() || *it == Kind::Other => Some(number),
                it if it.is_text() => text(&number),
                _ => None,
            },
            Meaning::Text(value) => {
                let fits = match kind {
                    Kind::Bool => return as_bool(&value).map(|it| it.to_string()),
                    it if it.is_number() => {
                        return is_number(value.trim()).then(|| value.trim().to_owned());
                    }
                    Kind::Date | Kind::Timestamp { .. } => is_date(&value),
                    Kind::Time { .. } => is_time(&value),
                    Kind::Uuid => value.len() == 36,
                    Kind::Json => is_json(&value),
                    Kind::Binary(_) | Kind::Blob => value.is_empty(),
                    Kind::Inet | Kind::Mac | Kind::Shape(_) | Kind::Range | Kind::Bits { .. } => {
                        false
                    }
                    _ => true,
                };
                if fits { text(&value) } else { None }
            }
            Meaning::Bits(bits) => match kind {
                Kind::Bool => as_bool(&bits).map(|it| it.to_string()),
                Kind::Bits { n, .. } => {
                    let width = n.map_or(bits.len(), |it| it as usize);
                    (bits.len() <= width).then(|| format!("B'{bits:0>width$}'"))
                }
                _ => None,
            },
            Meaning::Now => match kind {
                Kind::Date => Some("CURRENT_DATE".to_owned()),
                Kind::Time { .. } => Some("CURRENT_TIME".to_owned()),
                Kind::Timestamp { .. } | Kind::Other => Some("CURRENT_TIMESTAMP".to_owned()),
                it if it.is_text() => Some("CURRENT_TIMESTAMP".to_owned()),
                _ => None,
            },
            Meaning::Today => match kind {
                Kind::Date | Kind::Timestamp { .. } => Some("CURRENT_DATE".to_owned()),
                it if it.is_text() => Some("CURRENT_DATE".to_owned()),
                _ => None,
            },
            Meaning::TimeOfDay => {
                matches!(kind, Kind::Time { .. }).then(|| "CURRENT_TIME".to_owned())
            }
            Meaning::NewUuid => {
                (*kind == Kind::Uuid || kind.is_text()).then(|| "gen_random_uuid()".to_owned())
            }
            Meaning::Other(_) => None,
        }
    }

    fn in_mysql(&self, column: &ColumnPlan, meaning: Meaning) -> Option<String> {
        let kind = &column.kind;
        let is_long = is_long_there(&column.ty);
        let text = |it: &str| {
            let literal = self.rules.text_of(it);
            Some(if is_long { format!("({literal})") } else { literal })
        };
        match meaning {
            Meaning::Null => Some("NULL".to_owned()),
            Meaning::Bool(value) => match kind {
                Kind::Bool => Some(value.to_string()),
                Kind::Bits { .. } => Some(format!("b'{}'", u8::from(value))),
                it if it.is_number() => Some(u8::from(value).to_string()),
                it if it.is_text() => text(&value.to_string()),
                _ => None,
            },
            Meaning::Number(number) => match kind {
                Kind::Bool => as_bool(&number).map(|it| it.to_string()),
                Kind::Bits { .. } => Some(number),
                it if it.is_number() => Some(number),
                it if it.is_text() => text(&number),
                _ => None,
            },
            Meaning::Text(value) => match kind {
                Kind::Bool => as_bool(&value).map(|it| it.to_string()),
                it if it.is_number() => is_number(value.trim()).then(|| value.trim().to_owned()),
                Kind::Date | Kind::Timestamp { .. } => {
                    let bare = without_zone(&value);
                    if is_date(bare) { text(bare) } else { None }
                }
                Kind::Time { .. } => is_time(&value).then(|| self.rules.text_of(&value)),
                // An empty list in PostgreSQL's words is an empty object in JSON's.
                Kind::Array => (value == "{}").then(|| "('[]')".to_owned()),
                Kind::Json => {
                    if is_json(&value) {
                        text(&value)
                    } else {
                        None
                    }
                }
                Kind::Hstore => value.is_empty().then(|| "('{}')".to_owned()),
                Kind::Bits { .. } => {
                    value.bytes().all(|it| it == b'0' || it == b'1').then(|| format!("b'{value}'"))
                }
                Kind::Blob | Kind::Binary(_) => {
                    if value.starts_with("\\x") {
                        None
                    } else {
                        text(&value)
                    }
                }
                Kind::Shape(_) => None,
                // MySQL looks at once whether a default fits.
                Kind::Char(n) | Kind::Varchar(Some(n)) if value.chars().count() > *n as usize => {
                    None
                }
                _ => text(&value),
            },
            Meaning::Bits(bits) => match kind {
                Kind::Bool => as_bool(&bits).map(|it| it.to_string()),
                Kind::Bits { .. } => Some(format!("b'{bits}'")),
                _ => None,
            },
            Meaning::Now => match kind {
                Kind::Date => Some("(CURRENT_DATE)".to_owned()),
                Kind::Time { .. } => Some("(CURRENT_TIME)".to_owned()),
                Kind::Timestamp { .. } => {
                    let digits = column.ty.find('(').map_or("", |at| &column.ty[at..]);
                    Some(format!("CURRENT_TIMESTAMP{digits}"))
                }
                _ => None,
            },
            Meaning::Today => {
                let fits = matches!(kind, Kind::Date | Kind::Timestamp { .. });
                fits.then(|| "(CURRENT_DATE)".to_owned())
            }
            Meaning::TimeOfDay => {
                matches!(kind, Kind::Time { .. }).then(|| "(CURRENT_TIME)".to_owned())
            }
            Meaning::NewUuid => {
                (*kind == Kind::Uuid || kind.is_text()).then(|| "(uuid())".to_owned())
            }
            Meaning::Other(_) => None,
        }
    }

    fn in_sqlite(&self, kind: &Kind, meaning: Meaning) -> Option<String> {
        Some(match meaning {
            Meaning::Null => "NULL".to_owned(),
            Meaning::Bool(value) if kind.is_text() => self.rules.text_of(&value.to_string()),
            Meaning::Bool(value) => u8::from(value).to_string(),
            Meaning::Number(number) => number,
            Meaning::Text(value) => match kind {
                Kind::Bool => u8::from(as_bool(&value)?).to_string(),
                it if it.is_number() && is_number(value.trim()) => value.trim().to_owned(),
                _ => self.rules.text_of(&value),
            },
            Meaning::Bits(bits) => match kind {
                Kind::Bool => u8::from(as_bool(&bits)?).to_string(),
                _ => self.rules.text_of(&bits),
            },
            Meaning::Now => match kind {
                Kind::Date => "CURRENT_DATE".to_owned(),
                Kind::Time { .. } => "CURRENT_TIME".to_owned(),
                _ => "CURRENT_TIMESTAMP".to_owned(),
            },
            Meaning::Today => "CURRENT_DATE".to_owned(),
            Meaning::TimeOfDay => "CURRENT_TIME".to_owned(),
            Meaning::NewUuid => SQLITE_UUID.to_owned(),
            Meaning::Other(_) => return None,
        })
    }
}

fn meaning(default: &DefaultValue) -> Meaning {
    match default {
        DefaultValue::Null => Meaning::Null,
        DefaultValue::Bool(value) => Meaning::Bool(*value),
        DefaultValue::Number(text) => Meaning::Number(text.to_string()),
        DefaultValue::Text(text) => Meaning::Text(text.clone()),
        DefaultValue::Expr(expr) => meaning_of(expr),
    }
}

fn meaning_of(expr: &str) -> Meaning {
    let bare = without_casts(expr);
    let folded: String =
        bare.chars().filter(|it| !it.is_whitespace()).collect::<String>().to_ascii_lowercase();
    if let Some(text) = literal(bare) {
        let cast = expr.rsplit_once("::").map_or("", |(_, ty)| ty.trim());
        return match text.as_str() {
            "now" if cast.eq_ignore_ascii_case("date") => Meaning::Today,
            "now" if cast.to_ascii_lowercase().starts_with("time") => Meaning::Now,
            _ => Meaning::Text(text),
        };
    }
    let bits = folded.strip_prefix("b'").and_then(|it| it.strip_suffix('\''));
    if let Some(bits) = bits.filter(|it| it.bytes().all(|it| it == b'0' || it == b'1')) {
        return Meaning::Bits(bits.to_owned());
    }
    if is_number(bare) {
        return Meaning::Number(bare.to_owned());
    }
    let call = folded.split_once('(').map_or(folded.as_str(), |(name, _)| name);
    match folded.as_str() {
        "null" => return Meaning::Null,
        "true" => return Meaning::Bool(true),
        "false" => return Meaning::Bool(false),
        "datetime('now')"
        | "timezone('utc',now())"
        | "now()attimezone'utc'"
        | "(now()attimezone'utc')"
        | "datetime('now','localtime')"
        | "datetime(current_timestamp)"
        | "timezone('utc',current_timestamp)"
        | "current_timestampattimezone'utc'" => {
            return Meaning::Now;
        }
        "date('now')" | "date(now())" => return Meaning::Today,
        "time('now')" => return Meaning::TimeOfDay,
        "array[]" => return Meaning::Text("{}".to_owned()),
        "json_object()" => return Meaning::Text("{}".to_owned()),
        "json_array()" => return Meaning::Text("[]".to_owned()),
        _ => {}
    }
    let has_simple_call = folded.find('(').is_none_or(|open| {
        folded[open + 1..].trim_end_matches(')').bytes().all(|it| it.is_ascii_digit())
    });
    match call {
        "now"
        | "current_timestamp"
        | "localtimestamp"
        | "getdate"
        | "sysdate"
        | "transaction_timestamp"
        | "statement_timestamp"
        | "clock_timestamp"
        | "utc_timestamp"
            if has_simple_call =>
        {
            // A cast makes a day of the moment.
            if expr.trim_end().to_ascii_lowercase().ends_with("::date") {
                Meaning::Today
            } else {
                Meaning::Now
            }
        }
        "current_date" | "curdate" | "utc_date" if has_simple_call => Meaning::Today,
        "current_time" | "curtime" | "localtime" if has_simple_call => Meaning::TimeOfDay,
        "gen_random_uuid"
        | "uuid_generate_v4"
        | "uuid_generate_v1"
        | "uuid"
        | "newid"
        | "public.uuid_generate_v4"
        | "public.gen_random_uuid"
        | "uuid_generate_v1mc"
            if has_simple_call =>
        {
            Meaning::NewUuid
        }
        _ => Meaning::Other(expr.to_owned()),
    }
}

/// The expression without the parentheses around it and the casts behind it.
fn without_casts(expr: &str) -> &str {
    let mut rest = expr.trim();
    loop {
        let before = rest;
        if let Some(at) = rest.rfind("::") {
            let is_type = rest[at + 2..]
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"_ .()[],\"".contains(&it));
            let is_balanced =
                rest[at + 2..].matches('(').count() == rest[at + 2..].matches(')').count();
            if is_type && is_balanced {
                rest = rest[..at].trim_end();
            }
        }
        if is_wrapped(rest) {
            rest = rest[1..rest.len() - 1].trim();
        }
        if rest == before {
            return rest;
        }
    }
}

/// Whether one pair of parentheses goes around all of it.
fn is_wrapped(expr: &str) -> bool {
    if !expr.starts_with('(') || !expr.ends_with(')') {
        return false;
    }
    let mut depth = 0_i32;
    let mut is_quoted = false;
    for (at, byte) in expr.bytes().enumerate() {
        match byte {
            b'\'' => is_quoted = !is_quoted,
            b'(' if !is_quoted => depth += 1,
            b')' if !is_quoted => {
                depth -= 1;
                if depth == 0 {
                    return at + 1 == expr.len();
                }
            }
            _ => {}
        }
    }
    false
}

fn in_parentheses(expr: &str) -> String {
    if is_wrapped(expr) { expr.to_owned() } else { format!("({expr})") }
}

/// The characters of a string literal that is all there is.
fn literal(expr: &str) -> Option<String> {
    let expr = expr.strip_prefix("_utf8mb4").or_else(|| expr.strip_prefix("_utf8")).unwrap_or(expr);
    let inside = expr.strip_prefix('\'')?.strip_suffix('\'')?;
    let bare = inside.replace("''", "");
    (!bare.contains('\'')).then(|| inside.replace("''", "'"))
}

fn is_number(text: &str) -> bool {
    text.bytes().any(|it| it.is_ascii_digit())
        && text.bytes().all(|it| it.is_ascii_digit() || b"+-.eE".contains(&it))
        && text.parse::<f64>().is_ok()
}

fn as_bool(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "1" | "t" | "true" | "yes" | "y" | "on" => Some(true),
        "0" | "f" | "false" | "no" | "n" | "off" => Some(false),
        _ => None,
    }
}

/// Whether the text is a date, perhaps with a time, that every calendar has.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 10
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && bytes[..4] != *b"0000"
        && bytes[5..7] != *b"00"
        && bytes[8..10] != *b"00"
        && bytes.iter().all(|it| it.is_ascii_digit() || b"-: .TZ+".contains(it))
}

fn is_time(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_digit)
        && text.bytes().all(|it| it.is_ascii_digit() || it == b':' || it == b'.')
}

/// The moment without the zone behind it.
fn without_zone(text: &str) -> &str {
    let Some(time) = text.find(':') else { return text };
    let end = text[time..].find(['+', '-', 'Z']).map_or(text.len(), |at| time + at);
    text[..end].trim_end()
}

fn is_json(text: &str) -> bool {
    let trimmed = text.trim();
    matches!(trimmed, "null" | "true" | "false")
        || is_number(trimmed)
        || [("{", "}"), ("[", "]"), ("\"", "\"")]
            .iter()
            .any(|(open, close)| trimmed.starts_with(open) && trimmed.ends_with(close))
}

fn is_long_there(ty: &str) -> bool {
    ty.ends_with("text") || ty.ends_with("blob") || ty == "json"
}

/// Defaults that PostgreSQL takes without parentheses: those without an operator that is a word.
fn is_bare_in_postgresql(expr: &str) -> bool {
    const OPERATORS: [&str; 14] = [
        "at", "and", "or", "not", "is", "in", "like", "ilike", "similar", "between", "collate",
        "isnull", "notnull", "overlaps",
    ];
    let mut depth = 0_i32;
    let mut is_quoted = false;
    let outside: String = expr
        .chars()
        .map(|it| {
            match it {
                '\'' => is_quoted = !is_quoted,
                '(' if !is_quoted => depth += 1,
                ')' if !is_quoted => depth -= 1,
                _ => {}
            }
            if is_quoted || depth > 0 { 'x' } else { it }
        })
        .collect();
    !outside.split_whitespace().any(|word| OPERATORS.iter().any(|it| word.eq_ignore_ascii_case(it)))
}

/// Defaults that MySQL takes without parentheses.
fn is_bare_in_mysql(expr: &str) -> bool {
    let lower = expr.trim().to_ascii_lowercase();
    let call = lower.split('(').next().unwrap_or("").trim();
    is_wrapped(&lower)
        || matches!(call, "current_timestamp" | "now" | "localtime" | "localtimestamp")
        || ["b'", "x'", "0x", "0b", "_", "n'", "next value for", "nextval("]
            .iter()
            .any(|it| lower.starts_with(it))
        || literal(&lower).is_some()
        || is_number(&lower)
}

/// Defaults that SQLite takes without parentheses.
fn is_bare_in_sqlite(expr: &str) -> bool {
    let lower = expr.trim().to_ascii_lowercase();
    is_wrapped(&lower)
        || matches!(lower.as_str(), "current_timestamp" | "current_date" | "current_time")
        || (lower.starts_with("x'") && lower.ends_with('\''))
        || (lower.starts_with('"') && lower.ends_with('"'))
        || literal(&lower).is_some()
        || is_number(&lower)
}

#[cfg(test)]
mod tests {
    use super::{Meaning, meaning_of};

    fn check(expr: &str, expected: Meaning) {
        assert_eq!(meaning_of(expr), expected, "{expr}");
    }

    #[test]
    fn expressions_have_a_meaning() {
        check("now()", Meaning::Now);
        check("CURRENT_TIMESTAMP(6)", Meaning::Now);
        check(
            "timezone('utc'::text, now())",
            Meaning::Other("timezone('utc'::text, now())".into()),
        );
        check("(datetime('now'))", Meaning::Now);
        check("('now'::text)::date", Meaning::Today);
        check("('now'::text)::timestamp without time zone", Meaning::Now);
        check("now()::date", Meaning::Today);
        check("'active'::public.status", Meaning::Text("active".into()));
        check("'{}'::text[]", Meaning::Text("{}".into()));
        check("'it''s'::character varying(20)", Meaning::Text("it's".into()));
        check("(0)::numeric(10,2)", Meaning::Number("0".into()));
        check("b'1'", Meaning::Bits("1".into()));
        check("NULL::character varying", Meaning::Null);
        check("uuid_generate_v4()", Meaning::NewUuid);
        check("nextval('a'::regclass)", Meaning::Other("nextval('a'::regclass)".into()));
        check("'a' || 'b'", Meaning::Other("'a' || 'b'".into()));
    }
}
