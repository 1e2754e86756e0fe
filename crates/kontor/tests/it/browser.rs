//! The house in a real browser.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use kontor::access::actions::make_set_up_link;
use kontor::web::guard::PublicUrl;
use kontor::web::serve::serve;
use kontor::web::texts::Texts;
use kontor::web::url;
use kontor_domain::rights::Viewer;
use kontor_domain::team::Language;
use thirtyfour::prelude::*;

use crate::house::{House, PASSWORD};

/// The corpus; said aloud where it is absent, and never absent in CI.
fn corpus() -> Option<PathBuf> {
    let default = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let folder = std::env::var_os("KONTOR_CORPUS").map_or(default, PathBuf::from);
    if folder.is_dir() {
        return folder.canonicalize().ok();
    }
    assert!(std::env::var_os("CI").is_none(), "the corpus must be there in CI: {}", folder.display());
    crate::house::say_skipped("the browser's import: no corpus; set KONTOR_CORPUS");
    None
}

/// A driver and its browser; both end with it.
struct Chromium {
    driver: WebDriver,
    process: Child,
    _profile: tempfile::TempDir,
}

impl Chromium {
    /// Starts Chromium; `None`, said aloud, where it is not installed. In CI it must be.
    async fn start(width: u32) -> Option<Chromium> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|socket| socket.local_addr()).expect("a free port").port();
        let started = Command::new("chromedriver").arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let Ok(process) = started else {
            assert!(std::env::var_os("CI").is_none(), "chromedriver must be installed in CI");
            crate::house::say_skipped("in the browser: chromedriver is not installed");
            return None;
        };
        let profile = tempfile::tempdir().expect("a folder");
        let mut wanted = DesiredCapabilities::chrome();
        let arguments = [
            "--headless".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--no-first-run".to_owned(),
            "--lang=en".to_owned(),
            format!("--user-data-dir={}", profile.path().display()),
            format!("--window-size={width},1000"),
        ];
        for argument in arguments {
            wanted.add_arg(&argument).expect("an argument");
        }
        for _ in 0..100 {
            if let Ok(driver) = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted.clone()).await {
                return Some(Chromium { driver, process, _profile: profile });
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("chromedriver did not answer");
    }

    async fn end(mut self) {
        self.driver.clone().quit().await.expect("the browser ends");
        self.process.kill().expect("the driver ends");
        self.process.wait().expect("the driver has ended");
    }

    async fn type_into(&self, name: &str, text: &str) {
        self.driver.find(By::Name(name)).await.expect(name).send_keys(text).await.expect("typed");
    }

    /// Waits until the page's main part holds a text.
    async fn wait_for(&self, text: &str) -> String {
        for _ in 0..150 {
            if let Ok(main) = self.driver.find(By::Tag("main")).await
                && let Ok(shown) = main.text().await
                && shown.contains(text)
            {
                return shown;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        let shown = self.driver.find(By::Tag("body")).await.expect("a page").text().await.unwrap_or_default();
        panic!("“{text}” did not come: {shown}");
    }
}

/// Serves a house on a free port; gives its address.
async fn serve_house(house: &House) -> SocketAddr {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let office = house.office.clone();
    tokio::spawn(async move {
        let ready = move |address| sender.send(address).expect("somebody waits");
        serve(office, (Ipv4Addr::LOCALHOST, 0).into(), PublicUrl::default(), ready).await.expect("served");
    });
    receiver.await.expect("an address")
}

async fn set_up(chromium: &Chromium, house: &House, address: SocketAddr) {
    let token = make_set_up_link(&house.office).await.expect("asked").expect("nobody is there yet");
    chromium.driver.goto(format!("http://{address}{}", url::set_up(&token))).await.expect("the set-up page");
    for (name, text) in
        [("company", "Nordwind GmbH"), ("name", "Ada"), ("mail", "ada@example.org"), ("password", PASSWORD), ("repeat", PASSWORD)]
    {
        chromium.type_into(name, text).await;
    }
    chromium.driver.find(By::Css("form button")).await.expect("a button").click().await.expect("clicked");
    // The click may come back before the answer does.
    chromium.wait_until(".shell").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_company_sets_up_and_users_fit_a_phone() {
    let Some(chromium) = Chromium::start(500).await else { return };
    let house = House::on_sqlite().await;
    let address = serve_house(&house).await;
    set_up(&chromium, &house, address).await;
    for path in [url::USERS, "/users/new", url::PROFILE, url::TOKENS, url::SETTINGS, url::AUDIT] {
        chromium.driver.goto(format!("http://{address}{path}")).await.expect(path);
        chromium.driver.set_window_rect(0, 0, 500, 900).await.expect("a narrow window");
        let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let excess = chromium.driver.execute(script, Vec::new()).await.expect("measured").json().as_i64();
        assert_eq!(excess, Some(0), "{path} is wider than the screen");
    }
    chromium.end().await;
}

impl Chromium {
    /// Waits until something is on the page.
    async fn wait_until(&self, css: &str) -> WebElement {
        for _ in 0..150 {
            if let Ok(found) = self.driver.find(By::Css(css)).await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        let shown = self.driver.find(By::Tag("body")).await.expect("a page").text().await.unwrap_or_default();
        panic!("“{css}” did not come: {shown}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invoice_file_becomes_key_accounts_and_is_taken_back() {
    let Some(corpus) = corpus() else { return };
    let Some(chromium) = Chromium::start(1400).await else { return };
    let house = House::on_sqlite().await;
    let address = serve_house(&house).await;
    set_up(&chromium, &house, address).await;
    let driver = &chromium.driver;
    let abc = format!("http://{address}{}?period=all", url::ABC);

    driver.goto(format!("http://{address}{}", url::NEW_IMPORT)).await.expect("the upload");
    let file = corpus.join("sales/northwind_cp1252.csv");
    chromium.wait_until("input[type=file]").await.send_keys(file.to_string_lossy().as_ref()).await.expect("chosen");
    chromium.wait_until("form[data-upload] button").await.click().await.expect("uploaded");
    chromium.wait_until("form[action$='/book'] button").await;

    // The user knows better what one column is.
    chromium.wait_until("select[name='role.Ort'] option[value='industry']").await.click().await.expect("chosen");
    // Booked would be what was checked, not what is chosen now.
    chromium.wait_until("form[action$='/book'] button:disabled").await;
    chromium.wait_until("[data-first-hint]:not([hidden])").await;
    chromium.wait_until("form[action$='/options'] button").await.click().await.expect("checked again");
    chromium.wait_until("tr:has(select[name='role.Ort']) .badge--key").await;
    let chosen = "select[name='role.Ort'] option[value='industry']:checked";
    chromium.wait_until(chosen).await;
    chromium.wait_until("form[action$='/book'] button").await.click().await.expect("booked");
    chromium.wait_until("form[action$='/undo'] button").await;
    let import = driver.current_url().await.expect("an address");

    driver.goto(&abc).await.expect("the classes");
    let shown = chromium.wait_for("34 of 89").await;
    assert!(shown.contains("QUICK-Stop") && shown.contains("8.7%"), "{shown}");

    driver.goto(import.as_str()).await.expect("the import");
    chromium.wait_until("form[action$='/undo'] button").await.click().await.expect("asked");
    driver.accept_alert().await.expect("sure");
    chromium.wait_for("taken back").await;
    driver.goto(&abc).await.expect("the classes");
    let shown = chromium.wait_for("No invoices yet").await;
    assert!(!shown.contains("QUICK-Stop"), "{shown}");
    chromium.end().await;
}

impl Chromium {
    /// Types into whatever has the focus.
    async fn press(&self, keys: &str) {
        self.driver.active_element().await.expect("a focus").send_keys(keys).await.expect("typed");
    }

    async fn value_of(&self, name: &str) -> String {
        self.driver.find(By::Name(name)).await.expect(name).prop("value").await.expect("asked").unwrap_or_default()
    }

    /// Fills a field whose form has none yet.
    async fn fill_in(&self, css: &str, text: &str) {
        let field = self.wait_until(css).await;
        field.clear().await.expect("emptied");
        field.send_keys(text).await.expect("typed");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rating_round_leads_to_a_declared_key_account_in_both_languages() {
    let Some(chromium) = Chromium::start(1400).await else { return };
    for language in Language::ALL {
        let t = Texts::of(language);
        let house = House::on_sqlite().await;
        let address = serve_house(&house).await;
        set_up(&chromium, &house, address).await;
        let ada = Viewer { user_id: 1, language, ..Viewer::operator(language) };
        kontor::team::actions::set_language(&house.office, &ada, language).await.expect("a language");
        crate::scoring::fill(&house).await;
        let (round, alpha) = (crate::scoring::round(&house).await, crate::scoring::id_of(&house, "Alpha").await);
        let at = |path: &str| format!("http://{address}{path}");

        // The keyboard alone fills the table: digits go on by themselves, 1 means yes, Enter and arrows go to the neighbour.
        let driver = &chromium.driver;
        driver.goto(at(&format!("/valuation/rounds/{round}/rate"))).await.expect("the table");
        chromium.wait_until(&format!("[name='r.{alpha}.5']")).await.click().await.expect("a focus");
        chromium.press("4").await;
        chromium.press("1").await;
        chromium.press("Trial in May").await;
        // Enter and the arrow up, as WebDriver spells them.
        chromium.press("\u{e007}").await;
        chromium.press("\u{e013}").await;
        assert_eq!(chromium.value_of(&format!("r.{alpha}.6")).await, "5");
        assert_eq!(chromium.value_of(&format!("evidence.{alpha}")).await, "Trial in May");
        chromium.wait_until("main form button.button--main").await.click().await.expect("sent");
        chromium.wait_for(&t.scoring_round_progress(2, 4)).await;

        driver.goto(at(&format!("/accounts/{alpha}/key-account"))).await.expect("the account");
        chromium.fill_in("#nominate textarea", "Leads its trade").await;
        chromium.wait_until("#nominate button").await.click().await.expect("nominated");
        chromium.wait_for(&t.key_nomination_open()).await;
        chromium.wait_until("#field-ruling-manager option[value='1']").await.click().await.expect("chosen");
        chromium.fill_in("#field-ruling-reason", "Develops with us").await;
        chromium.wait_until("form[action$='/key-account'] button").await.click().await.expect("decided");
        let shown = chromium.wait_for(&t.key_why()).await;
        assert!(shown.contains("Develops with us") && shown.contains("Leads its trade"), "{shown}");
        chromium.wait_until("h1 .badge--key").await;
        driver.goto(at("/valuation/key-accounts")).await.expect("the list");
        chromium.wait_for("Alpha <AG>").await;
        driver.delete_all_cookies().await.expect("signed out");
    }
    chromium.end().await;
}

/// A key account manager's morning at Elbe: an account to find, somebody who decides there, and a contact that is long ago.
async fn morning(house: &House) -> (Viewer, Viewer, i64) {
    use kontor::stakeholders::actions::place;
    use kontor::stakeholders::forms::{Placed, Stand};
    use kontor_domain::assignment::TeamRole;
    use kontor_domain::stakeholder::BuyingRole;
    use kontor_domain::team::Role;

    let elbe = crate::cadence::accounts(house).await[0];
    let jana = crate::assignments::user(house, "jana", Role::Member, None).await;
    let musa = crate::assignments::user(house, "musa", Role::Member, None).await;
    let operator = Viewer::operator(Language::En);
    for user in [&jana, &musa] {
        kontor::team::actions::set_password(&house.office, &operator, user.user_id, PASSWORD.into(), None).await.expect("a password");
    }
    crate::assignments::assign(house, &jana, elbe, TeamRole::Kam, "").await;
    let anna = crate::people::person_at(house, elbe, "Anna", "Adler").await;
    let stand = Stand { role: Some(BuyingRole::Decider), ..Stand::default() };
    place(&house.office, &operator, elbe, None, &Placed::Person(anna), &stand).await.expect("placed");
    crate::cadence::contact(house, elbe, kontor_domain::interaction::Kind::Visit, 60, vec![anna]).await;
    (jana, musa, elbe)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_account_managers_morning() {
    let Some(chromium) = Chromium::start(1400).await else { return };
    let house = House::on_sqlite().await;
    let address = serve_house(&house).await;
    let (_, musa, elbe) = morning(&house).await;
    let t = Texts::of(Language::En);
    let driver = &chromium.driver;

    driver.goto(format!("http://{address}{}", url::MY)).await.expect("the sign-in");
    chromium.type_into("mail", "jana@example.org").await;
    chromium.type_into("password", PASSWORD).await;
    chromium.wait_until("main form button").await.click().await.expect("signed in");
    let shown = chromium.wait_for("Elbe").await;
    assert!(shown.contains("overdue for 18 days") && shown.contains("Anna Adler\noverdue for 32 days"), "{shown}");

    // Typed with two letters the wrong way round, from anywhere.
    chromium.wait_until("[data-search]").await.send_keys("Eble").await.expect("typed");
    chromium.wait_until(&format!("#suggest a[href='/accounts/{elbe}']")).await.click().await.expect("found");
    chromium.wait_until(&format!("a[href='/accounts/{elbe}/map']")).await.click().await.expect("the map");
    let shown = chromium.wait_for("Anna Adler").await;
    assert!(shown.contains(&t.stakeholders_role_decider()), "{shown}");

    // Two clicks from My accounts to a logged visit.
    driver.goto(format!("http://{address}{}", url::MY)).await.expect("the own accounts");
    chromium.wait_until(&format!("main a[href^='/interactions/new?account={elbe}']")).await.click().await.expect("a visit");
    let anna = chromium.wait_until("input[name='person']").await;
    // The only one there is ticked already.
    assert!(anna.is_selected().await.expect("asked"));
    chromium.type_into("purpose", "Annual talk").await;
    chromium.wait_until("main form button.button--main").await.click().await.expect("logged");
    let shown = chromium.wait_for("Elbe").await;
    assert!(!shown.contains("overdue"), "{shown}");
    chromium.wait_until("main .badge--gain").await;

    // From tomorrow on somebody else looks after it.
    chromium.wait_until(&format!("main a[href^='{}']", url::NEW_HANDOVER)).await.click().await.expect("the wizard");
    chromium.wait_until(&format!("select[name='to'] option[value='{}']", musa.user_id)).await.click().await.expect("chosen");
    chromium.fill_in(&format!("input[name='note-{elbe}']"), "Likes tea").await;
    chromium.wait_until("main form button").await.click().await.expect("handed over");
    let shown = chromium.wait_for("Likes tea").await;
    assert!(shown.contains("Annual talk") || shown.contains("Anna Adler"), "{shown}");
    let kam = kontor::assignments::actions::kam_of(&house.office, elbe, house.office.today()).await.expect("asked");
    assert_eq!(kam, Some(musa.user_id));
    chromium.end().await;
}
