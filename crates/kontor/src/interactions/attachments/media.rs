//! What kind of file it is, by its content. Names lie; bytes less so.

/// The longest name of a file that is kept, in characters.
const NAME_MAX: usize = 150;

/// The kinds of text files that are kept, by ending. Text has no mark of its own, so its ending decides among these, never about anything else.
const TEXTS: [(&str, &str); 9] = [
    ("txt", "text/plain"),
    ("md", "text/plain"),
    ("log", "text/plain"),
    ("csv", "text/csv"),
    ("tsv", "text/tab-separated-values"),
    ("ics", "text/calendar"),
    ("vcf", "text/vcard"),
    ("xml", "application/xml"),
    ("eml", "message/rfc822"),
];

/// Office files before 2007 share one container; the ending says which program.
const OLD_OFFICE: [(&str, &str); 4] = [
    ("doc", "application/msword"),
    ("xls", "application/vnd.ms-excel"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("msg", "application/vnd.ms-outlook"),
];

/// The kinds that are kept, in short, for messages.
pub const ALLOWED: &str =
    "PDF, PNG, JPEG, GIF, WebP, TIFF, HEIC, DOCX, XLSX, PPTX, ODT, ODS, ODP, DOC, XLS, PPT, MSG, TXT, MD, CSV, ICS, VCF, XML, EML";

/// The media type of a file by its content; `None` for what is not kept: programs, archives, pages with scripts, anything unknown.
pub fn recognise(bytes: &[u8], name: &str) -> Option<&'static str> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let of = |table: &[(&str, &'static str)]| table.iter().find(|(known, _)| *known == ending).map(|&(_, media)| media);
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [b'I', b'I', 0x2a, 0, ..] | [b'M', b'M', 0, 0x2a, ..] => Some("image/tiff"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', b'e' | b'i', b'i' | b'f', b'c' | b'x' | b'1', ..] => Some("image/heic"),
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => of(&OLD_OFFICE),
        [b'P', b'K', 3, 4, ..] => zipped(bytes),
        _ if is_text(bytes) => of(&TEXTS),
        _ => None,
    }
}

/// Office files since 2007 are archives with parts of known names; other archives are not kept.
fn zipped(bytes: &[u8]) -> Option<&'static str> {
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    // The first entry of an OpenDocument file is its media type, uncompressed.
    for (mark, media) in [
        (&b"mimetypeapplication/vnd.oasis.opendocument.text"[..], "application/vnd.oasis.opendocument.text"),
        (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"),
        (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.presentation"),
    ] {
        if bytes.get(30..).is_some_and(|rest| rest.starts_with(mark)) {
            return Some(media);
        }
    }
    // A file with macros has another content type within, and the part that holds them.
    if !holds(b"[Content_Types].xml") || holds(b"vbaProject.bin") {
        return None;
    }
    [
        (&b"word/document.xml"[..], "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ]
    .into_iter()
    .find(|(part, _)| holds(part))
    .map(|(_, media)| media)
}

/// Whether it is text: no zero bytes and hardly any control characters, whatever the encoding.
fn is_text(bytes: &[u8]) -> bool {
    let is_odd = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    !bytes.is_empty() && !bytes.iter().any(is_odd)
}

/// The last part of a name without what file systems refuse, at most 150 characters from its end, where the ending is.
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_hidden =
        |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let safe: Vec<char> = last.chars().filter(|&c| !is_hidden(c)).map(|c| if "<>:\"|?*".contains(c) { '_' } else { c }).collect();
    let name: String = safe[safe.len().saturating_sub(NAME_MAX)..].iter().collect();
    let name = name.trim().trim_start_matches('.').trim_end_matches(['.', ' ']);
    if name.is_empty() { "file".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_not_the_name() {
        assert_eq!(recognise(b"%PDF-1.7 ...", "offer.exe"), Some("application/pdf"));
        assert_eq!(recognise(b"MZ\x90\0\x03\0\0\0", "offer.pdf"), None);
        assert_eq!(recognise(b"\x7fELF\x02\x01\x01\0", "picture.png"), None);
        assert_eq!(recognise(b"\x89PNG\r\n\x1a\n....", "x"), Some("image/png"));
        assert_eq!(recognise(b"\xff\xd8\xff\xe0....", "x.txt"), Some("image/jpeg"));
        assert_eq!(recognise(b"\0\0\0\x18ftypheic....", "x"), Some("image/heic"));
    }

    #[test]
    fn text_is_kept_by_its_ending_and_pages_and_scripts_are_not() {
        assert_eq!(recognise("Grüße".as_bytes(), "notiz.TXT"), Some("text/plain"));
        assert_eq!(recognise(b"Gr\xfc\xdfe", "alt.csv"), Some("text/csv"), "in the encoding of old programs");
        for name in ["page.html", "drawing.svg", "run.sh", "run.bat", "noending", ""] {
            assert_eq!(recognise(b"<script>alert(1)</script>", name), None, "{name}");
        }
        assert_eq!(recognise(b"a\0b", "notiz.txt"), None);
        assert_eq!(recognise(b"", "notiz.txt"), None);
    }

    #[test]
    fn office_files_are_known_by_their_parts_and_archives_are_not_kept() {
        let zip = |parts: &[&str]| [b"PK\x03\x04".as_slice(), &[0; 26], parts.join("....").as_bytes()].concat();
        let word = zip(&["[Content_Types].xml", "word/document.xml"]);
        assert!(recognise(&word, "x.zip").is_some_and(|media| media.ends_with("wordprocessingml.document")));
        assert_eq!(recognise(&zip(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]), "x.docx"), None, "macros");
        assert_eq!(recognise(&zip(&["setup.exe"]), "x.docx"), None);
        assert!(recognise(&zip(&["mimetypeapplication/vnd.oasis.opendocument.spreadsheet"]), "x").is_some());
        let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....";
        assert_eq!((recognise(old, "x.xls"), recognise(old, "x.msi")), (Some("application/vnd.ms-excel"), None));
    }

    #[test]
    fn a_name_from_elsewhere_leads_nowhere() {
        for (given, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Angebote\\Preis 2026.pdf", "Preis 2026.pdf"),
            ("..", "file"),
            ("", "file"),
            (" .htaccess", "htaccess"),
            ("a\u{0}b\r\nc:d.pdf", "abc_d.pdf"),
            ("rechnung\u{202e}fdp.exe", "rechnungfdp.exe"),
        ] {
            assert_eq!(safe_name(given), kept, "{given:?}");
        }
        let long = safe_name(&format!("{}.xlsx", "ä".repeat(500)));
        assert!(long.chars().count() == NAME_MAX && long.ends_with("ä.xlsx"));
    }
}
