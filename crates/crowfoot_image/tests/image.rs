//! Pictures of a small shop, read back as what they are.

#![expect(clippy::unwrap_used, reason = "all of it is tests")]

use crowfoot_image::{
    ImageError, ImageFormat, ImageOptions, Limits, Orientation, Pages, Paper, PaperSize, PickError,
    Picks, render,
};
use crowfoot_layout::{Part, Rect, Scene, SvgOptions, Theme};
use crowfoot_schema::{Change, ChangeSet, Diagram, Dialect, IdMint, Point, Shown, View};
use lopdf::Document;

const SHOP: &str = "
create table customers (id serial primary key, email text not null unique, nom_été text);
create table orders (id serial primary key, customer_id int not null references customers (id));
create table order_lines (order_id int references orders (id), line int, primary key (order_id, line));
create table audit.entries (id serial primary key, \"表\" text);
";

fn shop() -> Diagram {
    crowfoot_sql::import(Dialect::PostgreSql, SHOP, &mut IdMint::new(1, 1)).value
}

fn options(change: impl FnOnce(&mut ImageOptions)) -> ImageOptions {
    let mut options = ImageOptions::default();
    change(&mut options);
    options
}

struct Pixels {
    width: u32,
    height: u32,
    channels: usize,
    data: Vec<u8>,
}

impl Pixels {
    fn read(file: &[u8]) -> Self {
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut data).unwrap();
        let channels = info.color_type.samples();
        Self { width: info.width, height: info.height, channels, data }
    }

    fn at(&self, x: u32, y: u32) -> &[u8] {
        let at = (y * self.width + x) as usize * self.channels;
        &self.data[at..at + self.channels]
    }

    /// How many pixels of a rectangle are not as its first one.
    fn n_other(&self, area: Rect) -> usize {
        let first = self.at(area.x as u32, area.y as u32);
        let (xs, ys) = (area.x..area.right(), area.y..area.bottom());
        let places = ys.flat_map(|y| xs.clone().map(move |x| (x as u32, y as u32)));
        places.filter(|&(x, y)| self.at(x, y) != first).count()
    }
}

fn pixels(scene: &Scene, options: &ImageOptions) -> Pixels {
    Pixels::read(&render(scene, ImageFormat::Png, options).unwrap())
}

#[test]
fn a_png_has_the_size_of_the_picture_times_the_scale() {
    let scene = Scene::new(&shop());
    let frame = SvgOptions::default().frame(&scene);
    for scale in [0.5, 1.0, 2.0] {
        let made = pixels(&scene, &options(|it| it.scale = scale));
        assert_eq!(made.width, (frame.w as f32 * scale).ceil() as u32);
        assert_eq!(made.height, (frame.h as f32 * scale).ceil() as u32);
    }
}

#[test]
fn grounds_tables_and_texts_are_drawn() {
    let scene = Scene::new(&shop());
    let frame = SvgOptions::default().frame(&scene);
    let light = pixels(&scene, &ImageOptions::default());
    assert_eq!(light.at(0, 0), [0xf6, 0xf7, 0xf9]);
    let dark = pixels(&scene, &options(|it| it.look.theme = Theme::Dark));
    assert_eq!(dark.at(0, 0), [0x12, 0x16, 0x1c]);
    for (_, table) in scene.tables() {
        let Rect { x, y, .. } = table.rect.moved(-frame.x, -frame.y);
        // The title, right of its first pixel of header; then the first row.
        let title = Rect { x: x + 10, y: y + 6, w: 60, h: 16 };
        assert!(light.n_other(title) > 80, "{} has a title", table.title);
        let row = Rect { x: x + 30, y: y + 31, w: 14, h: 16 };
        assert!(light.n_other(row) > 10, "{} has a first row", table.title);
    }
}

#[test]
fn without_ground_a_png_is_transparent() {
    let made = pixels(&Scene::new(&shop()), &options(|it| it.look.has_ground = false));
    assert_eq!((made.channels, made.at(0, 0)[3]), (4, 0));
    assert!(made.data.chunks(4).any(|it| it == [255, 255, 255, 255]), "tables are white");
}

/// A large picture is drawn in bands, of which nothing is to be seen.
#[test]
fn bands_meet() {
    let scene = Scene::new(&shop());
    let frame = SvgOptions::default().frame(&scene);
    let large = pixels(&scene, &options(|it| it.scale = 8.0));
    assert!(large.width * large.height > 8_000_000, "this takes several bands");
    let (_, table) = scene.tables().find(|it| it.1.title == "customers").unwrap();
    let left = ((table.rect.x - frame.x + 140) * 8) as u32;
    let top = ((table.rect.y - frame.y + 29) * 8) as u32;
    // Down through a row: one colour, then the rule between two rows, then the colour again.
    let column: Vec<&[u8]> = (top..top + 40 * 8).map(|y| large.at(left, y)).collect();
    let changes = column.windows(2).filter(|it| it[0] != it[1]).count();
    assert!(changes <= 4, "{changes} changes of colour");
}

#[test]
fn too_many_pixels_are_refused_with_a_scale_that_fits() {
    let scene = Scene::new(&shop());
    let small = |it: &mut ImageOptions| it.limits = Limits { pixels: 100_000, ..it.limits };
    let error = render(&scene, ImageFormat::Png, &options(small)).unwrap_err();
    let ImageError::TooManyPixels { fitting, .. } = error else { panic!("{error}") };
    assert!(error.to_string().contains("SVG and PDF have no such limit"), "{error}");
    let fits = options(|it| {
        small(it);
        it.scale = fitting;
    });
    render(&scene, ImageFormat::Png, &fits).unwrap();
    for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 9.0] {
        let error = render(&scene, ImageFormat::Svg, &options(|it| it.scale = scale));
        assert!(matches!(error, Err(ImageError::Scale(_))), "{scale}");
    }
}

#[test]
fn an_svg_brings_its_font_and_says_what_it_is_of() {
    let scene = Scene::new(&shop());
    let look = SvgOptions { title: "Shop & Söhne".to_owned(), ..SvgOptions::default() };
    let file = render(&scene, ImageFormat::Svg, &options(|it| it.look = look)).unwrap();
    let text = String::from_utf8(file).unwrap();
    assert_eq!(text.matches("@font-face").count(), 2);
    assert!(text.contains("<title id=\"title\">Shop &amp; Söhne</title>"), "{text}");
    assert!(text.contains("4 tables with 2 references: customers, entries"), "{text}");
    assert!(text.contains(">nom_été</text>") && text.contains("textLength=\""), "{text}");
}

fn pdf(scene: &Scene, options: &ImageOptions) -> Document {
    Document::load_mem(&render(scene, ImageFormat::Pdf, options).unwrap()).unwrap()
}

/// The text of a page. Its letters are placed one by one, which this reader takes for lines.
fn words(document: &Document, page: u32) -> String {
    document.extract_text(&[page]).unwrap().replace('\n', "")
}

/// The sides of a page, in points.
fn sides(document: &Document, page: u32) -> (f32, f32) {
    let page = document.get_pages()[&page];
    let rect = document.get_dictionary(page).unwrap().get(b"MediaBox").unwrap();
    let side = |at: usize| rect.as_array().unwrap()[at].as_float().unwrap();
    (side(2), side(3))
}

#[test]
fn a_pdf_is_one_page_with_its_text() {
    let scene = Scene::new(&shop());
    let document = pdf(&scene, &ImageOptions::default());
    assert_eq!(document.get_pages().len(), 1);
    let frame = SvgOptions::default().frame(&scene);
    let (w, h) = sides(&document, 1);
    assert!((w - frame.w as f32 * 0.75).abs() < 0.1 && (h - frame.h as f32 * 0.75).abs() < 0.1);
    let text = words(&document, 1);
    for word in ["customers", "customer_id", "nom_été", "order_lines"] {
        assert!(text.contains(word), "`{word}` in {text}");
    }
}

#[test]
fn a_pdf_goes_over_as_many_pages_as_it_needs() {
    let scene = Scene::new(&shop());
    let tiled = |it: &mut ImageOptions| {
        it.paper =
            Paper { size: PaperSize::A4, orientation: Orientation::Landscape, pages: Pages::Tiled };
        it.scale = 3.0;
    };
    let document = pdf(&scene, &options(tiled));
    let pages = document.get_pages().len() as u32;
    assert!(pages > 2, "{pages} pages");
    assert_eq!(sides(&document, 1), (841.89, 595.28));
    let text: Vec<String> = (1..=pages).map(|it| words(&document, it)).collect();
    assert!(text.iter().any(|it| it.contains("customers")) && text[0].contains("A1"), "{text:?}");
    assert!(text[0].contains(&format!("1 of {pages}")), "{text:?}");

    let short = options(|it| {
        tiled(it);
        it.limits.pages = 1;
    });
    let error = render(&scene, ImageFormat::Pdf, &short).unwrap_err();
    assert!(error.to_string().contains("at most 1 are made"), "{error}");
}

#[test]
fn the_same_picture_gives_the_same_bytes() {
    let scene = Scene::new(&shop());
    for format in [ImageFormat::Svg, ImageFormat::Png, ImageFormat::Pdf] {
        let draw = || render(&scene, format, &ImageOptions::default()).unwrap();
        assert_eq!(draw(), draw(), "{format:?}");
    }
}

#[test]
fn tables_are_picked_by_name() {
    let diagram = shop();
    let pick = |names: &[&str]| Picks {
        tables: names.iter().map(|&it| it.to_owned()).collect(),
        ..Picks::default()
    };
    let part = pick(&["Orders", "audit.entries"]).part(&diagram).unwrap();
    let Part::Only { tables, .. } = &part else { panic!("{part:?}") };
    assert_eq!(tables.len(), 2);
    let (cut, part) = pick(&["orders", "customers"]).cut(&diagram).unwrap();
    assert_eq!(cut.tables().len(), 2, "the others have no place and leave none empty");
    let look = SvgOptions { part, ..SvgOptions::default() };
    let text = crowfoot_layout::svg(&Scene::new(&cut), &look);
    assert!(text.contains("2 tables with 1 reference: customers, orders"), "{text}");
    let error = pick(&["order"]).part(&diagram).unwrap_err();
    assert_eq!(error.to_string(), "there is no table `order`, there is `order_lines`, `orders`");
    let nowhere = Picks { view: Some("sales".to_owned()), ..Picks::default() };
    assert!(matches!(nowhere.part(&diagram), Err(PickError::Unknown { kind: "view", .. })));
}

#[test]
fn a_view_is_drawn_at_its_own_places() {
    let mut diagram = shop();
    let id = |name: &str| diagram.table_named(None, name).unwrap().id;
    let (customers, orders) = (id("customers"), id("orders"));
    let mut view = View::new(IdMint::new(5, 5).id(), "Sales");
    view.tables = Shown::Only(vec![customers, orders]);
    view.places.tables =
        [(customers, Point { x: 0, y: 0 }), (orders, Point { x: 900, y: 500 })].into();
    diagram.apply(&ChangeSet::new("", vec![Change::CreateView { view }])).unwrap();
    let picks = Picks { view: Some("sales".to_owned()), ..Picks::default() };
    let (seen, part) = picks.cut(&diagram).unwrap();
    let scene = Scene::new(&seen);
    assert_eq!((part.tables(&scene).len(), scene.lines().count()), (2, 1));
    let corner = |it| scene.table(scene.table_slot(it).unwrap()).unwrap().rect.corner();
    assert_eq!((corner(customers), corner(orders)), (Point::default(), Point { x: 900, y: 500 }));
}

#[test]
fn a_diagram_without_tables_is_a_picture_too() {
    let scene = Scene::new(&Diagram::new());
    for format in [ImageFormat::Svg, ImageFormat::Png, ImageFormat::Pdf] {
        assert!(!render(&scene, format, &ImageOptions::default()).unwrap().is_empty());
    }
}
