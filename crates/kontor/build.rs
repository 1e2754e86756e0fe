//! Makes functions of the texts and one file of the stylesheets.
//!
//! Every message of `locales/*/` becomes a method, so that a misspelt key or a missing argument does not compile. A text that one language lacks, or that takes
//! other arguments there, fails the build with its key and file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use data_encoding::HEXLOWER;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use sha2::{Digest, Sha256};

/// The order of the stylesheets; all of them start with the order of layers.
const STYLES: &str = "assets/css";

/// Names that Rust does not let an argument have.
const KEYWORDS: [&str; 14] = ["as", "box", "else", "for", "if", "in", "loop", "match", "mod", "move", "ref", "self", "type", "use"];

struct Text {
    file: String,
    arguments: Vec<String>,
    source: String,
}

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=assets");
    match texts() {
        Ok(code) => fs::write(out.join("texts.rs"), code).expect("the output folder can be written"),
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={problem}");
            }
            return;
        }
    }
    assets(&out);
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.extension().is_some_and(|e| e == ending)).collect();
    files.sort();
    files
}

fn texts() -> Result<String, Vec<String>> {
    let mut problems = Vec::new();
    let german = read_language("locales/de", &mut problems);
    let english = read_language("locales/en", &mut problems);
    for (key, text) in &german {
        match english.get(key) {
            None => problems.push(format!("{}: “{key}” is missing in English", text.file)),
            Some(other) => {
                if name(&text.file) != name(&other.file) {
                    problems.push(format!("“{key}” is in {} and in {}; it belongs into files of the same name", text.file, other.file));
                }
                let (mut here, mut there) = (text.arguments.clone(), other.arguments.clone());
                here.sort();
                there.sort();
                if here != there {
                    problems.push(format!("{}: “{key}” takes {here:?} in German and {there:?} in English", text.file));
                }
            }
        }
    }
    for (key, text) in english.iter().filter(|(key, _)| !german.contains_key(*key)) {
        problems.push(format!("{}: “{key}” is missing in German", text.file));
    }
    if problems.is_empty() { Ok(code(&german, &english)) } else { Err(problems) }
}

fn name(file: &str) -> Option<&str> {
    file.rsplit(['/', '\\']).next()
}

fn read_language(folder: &str, problems: &mut Vec<String>) -> BTreeMap<String, Text> {
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    for path in files(folder, "ftl") {
        let file = path.display().to_string();
        let source = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
        let resource = fluent_syntax::parser::parse(source.as_str()).unwrap_or_else(|(resource, errors)| {
            let line = |place: usize| source.bytes().take(place).filter(|&byte| byte == b'\n').count() + 1;
            problems.extend(errors.iter().map(|error| format!("{file}:{}: {error}", line(error.pos.start))));
            resource
        });
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let key = message.id.name.to_owned();
            let arguments = arguments(&message).unwrap_or_else(|problem| {
                problems.push(format!("{file}: “{key}” {problem}"));
                Vec::new()
            });
            let text = Text { file: file.clone(), arguments, source: plain(&message, &source) };
            if let Some(first) = texts.insert(key.clone(), text) {
                problems.push(format!("{file}: “{key}” is in {} already", first.file));
            }
        }
    }
    texts
}

/// The arguments of a message in order of first appearance, or what the house does not use in it.
fn arguments(message: &Message<&str>) -> Result<Vec<String>, String> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if !message.id.name.chars().all(is_plain) {
        return Err("is not written in small letters, digits, hyphens and underscores".into());
    }
    if !message.attributes.is_empty() {
        return Err("has attributes, which are not used here".into());
    }
    let mut found = Vec::new();
    in_pattern(message.value.as_ref().ok_or("has no text")?, &mut found)?;
    match found.iter().find(|argument| KEYWORDS.contains(&argument.as_str())) {
        Some(keyword) => Err(format!("has an argument “${keyword}”, which cannot be the name of a Rust argument")),
        None => Ok(found),
    }
}

fn in_pattern(pattern: &Pattern<&str>, found: &mut Vec<String>) -> Result<(), String> {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable { expression: Expression::Inline(inline) } => in_inline(inline, found)?,
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                in_inline(selector, found)?;
                for variant in variants {
                    in_pattern(&variant.value, found)?;
                }
            }
            PatternElement::TextElement { .. } => {}
        }
    }
    Ok(())
}

fn in_inline(inline: &InlineExpression<&str>, found: &mut Vec<String>) -> Result<(), String> {
    match inline {
        InlineExpression::VariableReference { id } => {
            if !found.iter().any(|known| known == id.name) {
                found.push(id.name.to_owned());
            }
            Ok(())
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => Ok(()),
        InlineExpression::Placeable { expression } => match expression.as_ref() {
            Expression::Inline(inline) => in_inline(inline, found),
            Expression::Select { .. } => Err("nests a choice in braces of its own".into()),
        },
        InlineExpression::FunctionReference { .. } => Err("calls a function; hand over formatted arguments instead".into()),
        InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {
            Err("refers to another text; write it out".into())
        }
    }
}

/// The text as written, for the method's documentation.
fn plain(message: &Message<&str>, source: &str) -> String {
    let start = source.find(&format!("\n{} =", message.id.name)).map_or(0, |at| at + 1);
    source[start..]
        .lines()
        .enumerate()
        .take_while(|(line, text)| *line == 0 || text.starts_with(' '))
        .map(|(_, text)| text.trim())
        .collect::<Vec<_>>()
        .join(" ")
}

fn code(german: &BTreeMap<String, Text>, english: &BTreeMap<String, Text>) -> String {
    let mut code = String::new();
    for language in ["de", "en"] {
        let all: Vec<String> =
            files(&format!("locales/{language}"), "ftl").iter().map(|path| format!("include_str!({:?})", absolute(path))).collect();
        writeln!(code, "const {}: &[&str] = &[{}];", language.to_uppercase(), all.join(", ")).expect("a string");
    }
    let keys: Vec<String> = german.keys().map(|key| format!("{key:?}")).collect();
    writeln!(code, "/// The keys of all texts, sorted.\npub const KEYS: &[&str] = &[{}];", keys.join(", ")).expect("a string");
    code.push_str("impl Texts {\n");
    for (key, text) in german {
        let name = key.replace('-', "_");
        let names: Vec<String> = text.arguments.iter().map(|argument| argument.replace('-', "_")).collect();
        let parameters: String = names.iter().map(|name| format!(", {name}: impl Into<FluentValue<'a>>")).collect();
        let lifetime = if names.is_empty() { "" } else { "<'a>" };
        let set: String = text
            .arguments
            .iter()
            .zip(&names)
            .map(|(argument, name)| format!("({argument:?}, {name}.into())"))
            .collect::<Vec<_>>()
            .join(", ");
        writeln!(code, "    /// `{}`\n    ///\n    /// `{}`", text.source, english[key].source).expect("a string");
        writeln!(code, "    pub fn {name}{lifetime}(&self{parameters}) -> String {{ self.format({key:?}, [{set}]) }}").expect("a string");
    }
    code.push_str("}\n");
    code
}

fn absolute(path: &Path) -> String {
    Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join(path).display().to_string()
}

/// Joins the stylesheets, and names style and script after their content, so that browsers may keep them for ever.
fn assets(out: &Path) {
    let mut style = String::from("@layer reset, base, layout, components, pages, utilities, print;\n");
    for path in files(STYLES, "css") {
        style.push_str(&fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
    }
    let script = fs::read_to_string("assets/js/kontor.js").expect("assets/js/kontor.js");
    let hash = |content: &str| HEXLOWER.encode(&Sha256::digest(content.as_bytes())[..8]);
    let code = format!(
        "/// Where the stylesheet is.\npub const STYLE_URL: &str = \"/assets/kontor-{}.css\";\n/// Where the script is.\npub const SCRIPT_URL: &str = \"/assets/kontor-{}.js\";\nconst STYLE: &str = {style:?};\nconst SCRIPT: &str = {script:?};\n",
        hash(&style),
        hash(&script)
    );
    fs::write(out.join("assets.rs"), code).expect("the output folder can be written");
}
