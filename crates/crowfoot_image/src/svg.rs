use base64::{Engine, engine::general_purpose::STANDARD};
use crowfoot_layout::{Scene, svg};

use crate::{ImageOptions, font};

/// The picture with its font inside, so that it looks the same everywhere. Texts say their width
/// all the same: some programs do not take fonts from an SVG.
pub(crate) fn render(scene: &Scene, options: &ImageOptions) -> String {
    let plain = svg(scene, &options.look);
    let used = plain.chars().collect();
    let mut faces = String::new();
    for (data, weight) in [(font::REGULAR, 400), (font::SEMIBOLD, 600)] {
        // Without a font the picture is as good as its reader's own.
        let Some(subset) = font::subset(data, &used) else { continue };
        faces.push_str(&format!(
            "@font-face{{font-family:Inter;font-weight:{weight};\
             src:url(data:font/ttf;base64,{}) format('truetype')}}",
            STANDARD.encode(subset)
        ));
    }
    plain.replacen("<style>", &format!("<style>{faces}"), 1)
}
