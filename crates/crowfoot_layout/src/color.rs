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

/// The colour as `0xrrggbb`.
pub(crate) fn number(color: &str) -> u32 {
    let [r, g, b] = channels(color);
    u32::from_be_bytes([0, r, g, b])
}

/// How far two colours are apart, from 1 to 21, as WCAG 2.2 reckons it.
pub(crate) fn contrast(a: &str, b: &str) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The colour, as much darker or lighter as it takes for a line of it to be seen on a ground.
pub(crate) fn seen_on(color: &str, ground: &str) -> String {
    let end = if luminance(ground) > 0.5 { "#000000" } else { "#ffffff" };
    let shades = (0..=9_u8).map(|it| mixed(color, end, 1.0 - f32::from(it) / 10.0));
    let mut fit = shades.skip_while(|it| contrast(it, ground) < SEEN);
    fit.next().unwrap_or_else(|| end.to_owned())
}

/// The contrast from which a thin line is seen well, on the tinted ground of a group too.
const SEEN: f32 = 3.4;

/// The relative luminance of a colour in sRGB.
fn luminance(color: &str) -> f32 {
    let [r, g, b] = channels(color).map(|it| {
        let it = f32::from(it) / 255.0;
        if it <= 0.040_45 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
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
    use super::{contrast, mixed, number, readable_on, seen_on};

    #[test]
    fn colours_mix_by_their_channels() {
        assert_eq!(mixed("#ffffff", "#000000", 0.5), "#808080");
        assert_eq!(mixed("#ff0000", "#1b212a", 1.0), "#ff0000");
        assert_eq!(mixed("#ff0000", "#1b212a", 0.0), "#1b212a");
    }

    #[test]
    fn a_colour_that_can_be_seen_stays() {
        assert_eq!(seen_on("#2f6fde", "#f6f7f9"), "#2f6fde");
        assert_eq!(seen_on("#ffffff", "#ffffff"), "#808080");
        assert_eq!(number("#0102ff"), 0x01_02_ff);
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
    }

    #[test]
    fn text_is_dark_on_light_and_light_on_dark() {
        assert_eq!(readable_on("#fff3bf"), "#1b2430");
        assert_eq!(readable_on("#2f6fde"), "#ffffff");
    }
}
