use reqwest::Method;

use crate::test_app::{Answer, TestApp};

#[tokio::test]
async fn files_of_a_folder_are_served_and_pages_of_the_app_are_its_index() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("assets")).unwrap();
    std::fs::write(folder.path().join("index.html"), "<!doctype html>the app").unwrap();
    std::fs::write(folder.path().join("assets/app-1a2b.js"), "export {}").unwrap();
    std::fs::write(folder.path().join("assets/core.wasm"), "\0asm").unwrap();
    let path = folder.path().to_owned();
    let app = TestApp::start_with(|it| it.web_dir = Some(path)).await;

    for path in ["/", "/index.html", "/d/01900000-0000-7000-8000-000000000000"] {
        let page = app.request(Method::GET, path).send().await.unwrap();
        assert_eq!(page.headers()["content-type"], "text/html", "{path}");
        assert_eq!(page.headers()["cache-control"], "no-cache", "{path}");
        assert_eq!(page.text().await.unwrap(), "<!doctype html>the app", "{path}");
    }
    let script = app.request(Method::GET, "/assets/app-1a2b.js").send().await.unwrap();
    assert_eq!(script.headers()["content-type"], "text/javascript");
    assert_eq!(script.headers()["cache-control"], "public, max-age=31536000, immutable");
    let wasm = app.request(Method::GET, "/assets/core.wasm").send().await.unwrap();
    assert_eq!(wasm.headers()["content-type"], "application/wasm");

    for path in ["/assets/none.js", "/..%2fsecret.txt", "/assets/..%2f..%2fx.txt", "/.env"] {
        app.get(path).await.is_problem(404, "no-file");
    }
    let posted = app.request(Method::POST, "/").send().await.unwrap();
    Answer::of(posted).await.is_problem(405, "wrong-method");
}

#[tokio::test]
async fn without_a_web_app_the_page_says_how_to_build_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let app = TestApp::start_with(|it| it.web_dir = Some(path)).await;
    let page = app.request(Method::GET, "/").send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains("cargo xtask serve"));
}
