//! Builds again when the web app was built again, so that the newest one is embedded.

fn main() {
    println!("cargo::rerun-if-changed=../../web/dist");
}
