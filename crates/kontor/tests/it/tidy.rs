//! The house's own rules, checked in the sources: who may use whom, where SQL, clocks and raw HTML are allowed, that documents speak the truth.

use std::fs;
use std::path::{Path, PathBuf};

/// The nouns in reading order: a later one may use an earlier one, never the reverse.
const NOUNS: [&str; 23] = [
    "team",
    "settings",
    "access",
    "audit",
    "views",
    "accounts",
    "groups",
    "assignments",
    "people",
    "stakeholders",
    "interactions",
    "ledger",
    "valuation",
    "cadence",
    "address_book",
    "scoring",
    "key_accounts",
    "handovers",
    "duplicates",
    "portfolio",
    "dossier",
    "home",
    "palette",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace")
}

/// All files below a folder with this ending, with their path from the workspace and their text.
fn sources(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                let name = path.strip_prefix(root()).expect("inside").display().to_string();
                found.push((name, fs::read_to_string(&path).expect("text")));
            }
        }
    }
    assert!(!found.is_empty(), "no .{ending} in {folder}");
    found
}

/// The text without its tests and comments.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]").unwrap_or(text.len());
    text[..end].lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn nouns_use_only_earlier_nouns() {
    let mut wrong = Vec::new();
    for (path, text) in sources("crates/kontor/src", "rs") {
        let Some(place) = NOUNS.iter().position(|noun| path.contains(&format!("/src/{noun}/"))) else { continue };
        let code = code(&text);
        for later in &NOUNS[place + 1..] {
            let grouped = code.split("use crate::{").skip(1).any(|group| {
                let inside = group.split(';').next().unwrap_or_default();
                inside.split([',', '{', '}', ' ', '\n']).any(|name| name.split("::").next() == Some(later))
            });
            if code.contains(&format!("crate::{later}::")) || code.contains(&format!("use crate::{later};")) || grouped {
                wrong.push(format!("{path} uses {later}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_noun_folder_is_in_the_reading_order() {
    let others = ["api", "web", "db", "demo", "search"];
    for entry in fs::read_dir(root().join("crates/kontor/src")).expect("the office") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().into_string().expect("a name");
        let is_known = !entry.path().is_dir() || NOUNS.contains(&name.as_str()) || others.contains(&name.as_str());
        assert!(is_known, "{name} is neither a noun in the reading order nor one of {others:?}");
    }
}

#[test]
fn sql_is_written_in_stores_and_the_database_folder_only() {
    let signs =
        ["EntityTrait", "ActiveModel", "QueryFilter", "Statement::", "execute_unprepared", "sea_orm::entity", "query_one", "query_all"];
    for (path, text) in sources("crates/kontor/src", "rs") {
        let is_allowed = path.ends_with("/store.rs") || path.contains("/store/") || path.contains("/src/db/");
        let found = signs.iter().find(|sign| !is_allowed && code(&text).contains(**sign));
        assert!(found.is_none(), "{path} holds SQL ({})", found.unwrap_or(&""));
    }
}

#[test]
fn domain_and_ledger_read_no_clock() {
    for crate_folder in ["crates/kontor-domain/src", "crates/kontor-ledger/src"] {
        for (path, text) in sources(crate_folder, "rs") {
            for sign in ["Utc::now", "Local::now", "SystemTime", "Instant::now", "now_utc"] {
                assert!(!code(&text).contains(sign), "{path} reads the clock ({sign})");
            }
        }
    }
}

#[test]
fn the_domain_does_no_input_output_and_is_not_async() {
    for (path, text) in sources("crates/kontor-domain/src", "rs") {
        for sign in ["std::fs", "std::net", "std::io", "std::env", "async fn", "tokio", "sea_orm", "axum"] {
            assert!(!code(&text).contains(sign), "{path} uses {sign}");
        }
    }
}

#[test]
fn raw_html_is_made_in_components_and_charts_only() {
    for (path, text) in sources("crates/kontor/src", "rs") {
        let is_allowed = path.contains("/web/components") || path.contains("/web/charts");
        assert!(is_allowed || !code(&text).contains("PreEscaped"), "{path} writes raw HTML");
    }
}

#[test]
fn floats_carry_no_money() {
    for (path, text) in sources("crates/kontor-domain/src", "rs") {
        let is_measure = path.ends_with("amount.rs");
        assert!(is_measure || !code(&text).contains("from_f64"), "{path} makes an amount of a float");
    }
}

#[test]
fn paths_named_in_the_architecture_exist() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let mut checked = 0;
    for quoted in text.split('`').skip(1).step_by(2) {
        let is_path = ["crates/", "docs/", "benches/", ".ci/"].iter().any(|start| quoted.starts_with(start))
            && !quoted.contains(['<', '*', ' ', '{']);
        if is_path {
            let path = quoted.split("::").next().expect("a first part");
            assert!(root().join(path).exists(), "ARCHITECTURE.md names {path}, which does not exist");
            checked += 1;
        }
    }
    assert!(checked >= 15, "ARCHITECTURE.md names only {checked} paths");
}

#[test]
fn the_repository_speaks_of_the_product_alone() {
    let mut texts = sources("crates", "rs");
    texts.extend(sources("crates/kontor/locales", "ftl"));
    for name in ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"] {
        texts.push((name.to_owned(), fs::read_to_string(root().join(name)).expect(name)));
    }
    for (path, text) in texts {
        assert!(!text.contains(concat!("/wo", "rk/")), "{path} names a path of one machine");
    }
}
