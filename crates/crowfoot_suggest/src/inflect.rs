//! The singular of words, so that `categories` and `category` are the same word.

use smol_str::SmolStr;

/// Words that the general rules get wrong or do not know, with their singular.
const SINGULARS: &[(&str, &str)] = &[
    ("addresses", "address"),
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("axes", "axis"),
    ("bases", "base"),
    ("biases", "bias"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("campuses", "campus"),
    ("canvases", "canvas"),
    ("caves", "cave"),
    ("courses", "course"),
    ("curves", "curve"),
    ("data", "data"),
    ("databases", "database"),
    ("diagnoses", "diagnosis"),
    ("expenses", "expense"),
    ("feedback", "feedback"),
    ("gases", "gas"),
    ("houses", "house"),
    ("indices", "index"),
    ("leases", "lease"),
    ("leaves", "leave"),
    ("lenses", "lens"),
    ("licences", "licence"),
    ("licenses", "license"),
    ("matrices", "matrix"),
    ("media", "media"),
    ("metadata", "metadata"),
    ("moves", "move"),
    ("movies", "movie"),
    ("news", "news"),
    ("nurses", "nurse"),
    ("people", "person"),
    ("persons", "person"),
    ("phases", "phase"),
    ("premises", "premise"),
    ("purchases", "purchase"),
    ("quizzes", "quiz"),
    ("releases", "release"),
    ("responses", "response"),
    ("series", "series"),
    ("species", "species"),
    ("staff", "staff"),
    ("statuses", "status"),
    ("taxes", "tax"),
    ("vertices", "vertex"),
    ("viruses", "virus"),
    ("warehouses", "warehouse"),
];

/// Endings of words that end in `s` and are singular all the same: `status`, `address`, `basis`.
const SINGULAR_ENDINGS: [&str; 3] = ["ss", "us", "is"];

/// The singular of a word in small letters; the word itself if it is one.
pub(crate) fn singular(word: &str) -> SmolStr {
    if word.len() < 3 || !word.is_ascii() {
        return word.into();
    }
    if let Ok(at) = SINGULARS.binary_search_by_key(&word, |it| it.0) {
        return SINGULARS[at].1.into();
    }
    if SINGULARS.iter().any(|it| it.1 == word) {
        return word.into();
    }
    if SINGULAR_ENDINGS.iter().any(|it| word.ends_with(it)) {
        return word.into();
    }
    let stem = word.strip_suffix("es").unwrap_or("");
    if ["ss", "us", "sh", "x", "tch", "zz"].iter().any(|it| stem.ends_with(it)) && stem.len() > 2 {
        return stem.into();
    }
    pluralizer::pluralize(word, 1, false).into()
}

#[cfg(test)]
mod tests {
    use super::{SINGULARS, singular};

    #[test]
    fn the_list_is_sorted() {
        assert!(SINGULARS.is_sorted());
    }

    #[test]
    fn plurals_are_known() {
        for (plural, expected) in [
            ("users", "user"),
            ("categories", "category"),
            ("boxes", "box"),
            ("classes", "class"),
            ("people", "person"),
            ("children", "child"),
            ("courses", "course"),
            ("addresses", "address"),
            ("statuses", "status"),
            ("branches", "branch"),
            ("indexes", "index"),
            ("criteria", "criterion"),
            ("wishes", "wish"),
            ("heroes", "hero"),
            ("photos", "photo"),
            ("keys", "key"),
            ("days", "day"),
            ("types", "type"),
            ("processes", "process"),
            ("exercises", "exercise"),
            ("invoices", "invoice"),
        ] {
            assert_eq!(singular(plural), expected, "{plural}");
        }
    }

    #[test]
    fn singulars_stay() {
        for word in [
            "user", "status", "address", "news", "series", "class", "analysis", "basis", "bus",
            "data", "course", "process", "business", "access", "campus", "lens", "alias", "gas",
            "canvas", "bias", "person", "os",
        ] {
            assert_eq!(singular(word), word);
        }
    }
}
