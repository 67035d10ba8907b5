//! Links the Go side: EMBEDDED_FOLDER has libembedded.a or libembedded.so, EMBEDDED_KIND says `static` or `dylib`.
fn main() {
    for name in ["EMBEDDED_FOLDER", "EMBEDDED_KIND"] {
        println!("cargo:rerun-if-env-changed={name}");
    }
    let folder = std::env::var("EMBEDDED_FOLDER").expect("EMBEDDED_FOLDER");
    let kind = std::env::var("EMBEDDED_KIND").expect("EMBEDDED_KIND");
    println!("cargo:rustc-link-search=native={folder}");
    println!("cargo:rustc-link-lib={kind}=embedded");
    println!("cargo:rustc-link-arg=-Wl,-rpath,{folder}");
}
