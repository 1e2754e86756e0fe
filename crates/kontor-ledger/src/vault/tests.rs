use std::process::Command;

use super::*;
use crate::testing::{Ledger, Line, compared, line, naive, scope};

fn lines() -> Vec<Line> {
    (0..50).map(|n| line(&format!("R{n}"), 1, "2025-01-10", &format!("K{}", n % 7), n)).collect()
}

/// Books in the vault given by the environment, and dies where the environment says so.
fn book_as_child(folder: &Path) {
    let mut ledger = Ledger::at(folder);
    ledger.live = std::fs::read_to_string(folder.join("live")).unwrap_or_default().lines().map(live).collect();
    let id = ledger.book("erp", &lines(), true);
    let ids: Vec<String> = ledger.live.iter().map(|live| live.id.clone()).chain([id]).collect();
    std::fs::write(folder.join("live"), ids.join("\n")).expect("written");
}

fn live(id: &str) -> Live {
    Live { id: id.to_owned(), source: "erp".to_owned() }
}

#[test]
fn an_import_killed_at_any_step_leaves_the_old_figures_and_can_be_done_again() {
    const FOLDER: &str = "KONTOR_TEST_VAULT";
    if let Some(folder) = std::env::var_os(FOLDER) {
        return book_as_child(Path::new(&folder));
    }
    let name = "vault::tests::an_import_killed_at_any_step_leaves_the_old_figures_and_can_be_done_again";
    for point in ["after-read", "after-sort", "before-publish", "after-publish"] {
        let mut ledger = Ledger::new();
        let old = lines()[..20].to_vec();
        let id = ledger.book("erp", &old, false);
        std::fs::write(ledger.folder.path().join("live"), &id).expect("written");
        let child = || {
            let mut command = Command::new(std::env::current_exe().expect("this program"));
            command.args(["--exact", name]).env(FOLDER, ledger.folder.path()).env("RUST_BACKTRACE", "0");
            command
        };
        let killed = child().env("KONTOR_CRASH_AT", point).output().expect("started");
        assert!(!killed.status.success(), "{point}: {}", String::from_utf8_lossy(&killed.stdout));
        assert_eq!(ledger.segments().len(), 2, "{point}: the crash leaves a folder");

        let scope = scope("2025-01-01", "2025-01-31");
        assert_eq!(compared(&ledger.figures(&scope)), naive(&old, &scope), "{point}");
        let removed = ledger.vault.leftovers().expect("found").remove_except(std::slice::from_ref(&id)).expect("removed");
        assert_eq!((removed.len(), ledger.segments()), (1, vec![id]), "{point}");

        let again = child().output().expect("started");
        assert!(again.status.success(), "{point}: {}", String::from_utf8_lossy(&again.stdout));
        ledger.live = std::fs::read_to_string(ledger.folder.path().join("live")).expect("readable").lines().map(live).collect();
        ledger.live.dedup();
        assert_eq!(compared(&ledger.figures(&scope)), naive(&lines(), &scope), "{point}");
    }
}

#[test]
fn a_sweep_leaves_what_is_live_and_what_somebody_is_writing() {
    let mut ledger = Ledger::new();
    let kept = ledger.book("erp", &lines(), false);
    let draft = ledger.draft();
    let published = ledger.prepare("erp", &lines(), false).expect("prepared").publish().expect("published");
    let other = Vault::open(ledger.folder.path()).expect("a vault");
    let sweep = |live: &[String]| other.leftovers().expect("found").remove_except(live).expect("removed");
    assert_eq!(sweep(std::slice::from_ref(&kept)), Vec::<String>::new());
    assert_eq!(ledger.segments().len(), 3);

    let (writing, waiting) = (format!("{}.tmp", draft.id()), published.id().to_owned());
    drop(published);
    assert_eq!(sweep(std::slice::from_ref(&kept)), [waiting], "nobody is going to name it any more");
    let folder = ledger.folder.path().join("segments").join(&writing);
    std::mem::forget(draft);
    assert!(folder.exists(), "a lock that is held protects the folder");
    assert_eq!(sweep(&[]), [kept], "a segment that the database does not name goes");
    assert!(folder.exists());
}

#[test]
fn dropping_a_draft_or_what_was_prepared_leaves_nothing() {
    let ledger = Ledger::new();
    drop(ledger.draft());
    drop(ledger.prepare("erp", &lines(), false).expect("prepared"));
    ledger.prepare("erp", &lines(), false).expect("prepared").publish().expect("published").discard().expect("removed");
    assert_eq!(ledger.segments(), Vec::<String>::new());
    let locks = std::fs::read_dir(ledger.folder.path().join("locks")).expect("readable");
    assert_eq!(locks.count(), 0);
}

#[test]
fn removing_what_is_not_there_is_no_error() {
    let mut ledger = Ledger::new();
    let id = ledger.book("erp", &lines(), false);
    ledger.undo(&id);
    ledger.vault.remove(&id).expect("removed");
    assert_eq!(ledger.segments(), Vec::<String>::new());
}

#[test]
fn only_one_books_at_a_time() {
    let ledger = Ledger::new();
    let guard = ledger.vault.lock_booking().expect("the lock");
    let other = Vault::open(ledger.folder.path()).expect("a vault");
    let (sender, receiver) = std::sync::mpsc::channel();
    let waiting = std::thread::spawn(move || {
        let guard = other.lock_booking().expect("the lock");
        sender.send(()).expect("sent");
        drop(guard);
    });
    assert!(receiver.recv_timeout(std::time::Duration::from_millis(100)).is_err(), "the other waits");
    drop(guard);
    receiver.recv_timeout(std::time::Duration::from_secs(20)).expect("the other goes on");
    waiting.join().expect("joined");
}

/// Everything that reads a segment.
fn use_all(vault: &Vault, live: &[Live]) -> Result<(), Error> {
    use crate::figures::{AccountKey, Paging};
    let (months, days) = (scope("2025-01-01", "2025-01-31"), scope("2025-01-10", "2025-01-10"));
    let key = AccountKey { source: "erp".to_owned(), number: "K1".to_owned() };
    let narrow = scope("2025-01-02", "2025-01-09");
    for scope in [&months, &days, &narrow] {
        vault.figures(live, scope)?;
        vault.account(live, std::slice::from_ref(&key), scope)?;
    }
    vault.invoices(live, &key, months.period, Paging { offset: 0, limit: 5 })?;
    vault.span(live)?;
    let mut draft = vault.begin()?;
    let mut sinks = draft.sinks(1)?;
    let changed: Vec<Line> = lines().into_iter().map(|line| Line { net: line.net + 1, ..line }).collect();
    crate::line::Sink::take(&mut sinks[0], crate::testing::batch(&changed, 0))?;
    draft.finish(sinks, live, true, &|_, _| std::ops::ControlFlow::Continue(())).map(drop)
}

#[test]
fn a_damaged_segment_is_an_error_that_names_it() {
    let mut ledger = Ledger::new();
    let id = ledger.book("erp", &lines(), false);
    use_all(&ledger.vault, &ledger.live).expect("all is well");
    let folder = ledger.folder.path().join("segments").join(&id);
    for entry in std::fs::read_dir(&folder).expect("readable") {
        let path = entry.expect("an entry").path();
        let whole = std::fs::read(&path).expect("readable");
        let length = whole.len();
        let zeroed = |range: std::ops::Range<usize>| {
            let mut bytes = whole.clone();
            bytes[range].fill(0);
            bytes
        };
        let damages =
            [whole[..length - 1].to_vec(), Vec::new(), zeroed(length / 2..length), zeroed(length - 8..length), zeroed(4..length / 2)];
        for (number, damaged) in damages.into_iter().enumerate() {
            std::fs::write(&path, damaged).expect("written");
            let vault = Vault::open(ledger.folder.path()).expect("a vault");
            let error = use_all(&vault, &ledger.live).expect_err(&format!("{} with damage {number}", path.display()));
            assert!(matches!(&error, Error::Segment { segment, .. } if *segment == id), "{} with damage {number}: {error}", path.display());
        }
        std::fs::remove_file(&path).expect("removed");
        let vault = Vault::open(ledger.folder.path()).expect("a vault");
        assert!(matches!(use_all(&vault, &ledger.live), Err(Error::Segment { .. })), "{} missing", path.display());
        std::fs::write(&path, whole).expect("written");
    }
    use_all(&Vault::open(ledger.folder.path()).expect("a vault"), &ledger.live).expect("all is well again");
}

#[test]
fn single_flipped_bytes_never_panic() {
    let mut ledger = Ledger::new();
    let id = ledger.book("erp", &lines(), false);
    let folder = ledger.folder.path().join("segments").join(&id);
    for name in ["lines", "months", "groups", "totals", "accounts", "keys"] {
        let path = folder.join(format!("{name}.parquet"));
        let whole = std::fs::read(&path).expect("readable");
        for at in (0..whole.len()).step_by(whole.len() / 40) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            std::fs::write(&path, bytes).expect("written");
            // What was flipped may be text or an amount, which nothing can notice; then there is an answer.
            if let Err(error) = use_all(&Vault::open(ledger.folder.path()).expect("a vault"), &ledger.live) {
                assert!(matches!(error, Error::Segment { .. } | Error::Overflow), "{name} at {at}: {error}");
            }
        }
        std::fs::write(&path, whole).expect("written");
    }
}
