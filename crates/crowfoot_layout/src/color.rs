//! Colours that follow from others, the same on the canvas and in pictures.

/// `share` of one colour in another one.
pub(crate) fn mixed(color: &str, into: &str, share: f32) -> String {
    let (a, b) = (channels(color), channels(into));
    let mix = |at: usize| (f32::from(a[at]) * share + f32::from(b[at]) * (1.0 - share)).round();
    format!("#{:02x}{:02x}{:02x}", mix(0) as u8, mix(1) as u8, mix(2) as u8)
}

/// The text colour that can be read on a ground: dark on light, light on dark.
pub(crate) fn readable_on(ground: &str) -> &'static str {
    let [r, g, b] = channels(ground).map(f32::from);
    let luminance = (0.299 * r + 0.587 * g + 0.114 * b) / 255.0;
    if luminance > 0.58 { "#1b2430" } else { "#ffffff" }
}

/// Red, green and blue of `#rrggbb`.
fn channels(color: &str) -> [u8; 3] {
    [1, 3, 5].map(|at| {
        let digits = color.get(at..at + 2).unwrap_or("");
        u8::from_str_radix(digits, 16).unwrap_or(0)
    })
}

#[cfg(test)]
mod tests {
    use super::{mixed, readable_on};

    #[test]
    fn colours_mix_by_their_channels() {
        assert_eq!(mixed("#ffffff", "#000000", 0.5), "#808080");
        assert_eq!(mixed("#ff0000", "#1b212a", 1.0), "#ff0000");
        assert_eq!(mixed("#ff0000", "#1b212a", 0.0), "#1b212a");
    }

    #[test]
    fn text_is_dark_on_light_and_light_on_dark() {
        assert_eq!(readable_on("#fff3bf"), "#1b2430");
        assert_eq!(readable_on("#2f6fde"), "#ffffff");
    }
}
