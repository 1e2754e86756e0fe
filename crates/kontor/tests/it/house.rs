//! A house of its own for every test: a fresh data folder and database, a clock that stands still, and browsers to walk in with.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use chrono::{DateTime, Utc};
use kontor::access::actions::make_set_up_link;
use kontor::config::Config;
use kontor::office::{Clock, Office};
use kontor::web::guard::PublicUrl;
use kontor::web::serve::app;
use kontor_domain::rights::Viewer;
use kontor_domain::team::{Language, Role};
use tokio::sync::OnceCell;
use tower::ServiceExt;

/// The instant at which all tests happen.
pub const NOW: &str = "2026-11-23T10:00:00Z";
/// The password of every user in tests.
pub const PASSWORD: &str = "ein langes Passwort";

/// Runs the same test on SQLite and, where it is reachable, on PostgreSQL.
#[macro_export]
macro_rules! on_both_databases {
    ($(#[$meta:meta])* async fn $name:ident($house:ident: House) $body:block) => {
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "each test uses what it needs")]
            use super::*;

            async fn story($house: $crate::house::House) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                story($crate::house::House::on_sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                if let Some(house) = $crate::house::House::on_postgres().await {
                    story(house).await;
                }
            }
        }
    };
}

/// Says that something was not tested, straight to the terminal: what is printed by macros is shown for failed tests only.
pub fn say_skipped(what: &str) {
    writeln!(std::io::stderr(), "SKIPPED {what}").expect("a terminal");
}

/// An office in a temporary folder, and the whole house before it.
pub struct House {
    pub office: Office,
    pub router: Router,
    folder: tempfile::TempDir,
}

impl House {
    /// With records in SQLite.
    pub async fn on_sqlite() -> House {
        House::open(None).await
    }

    /// With records in a fresh PostgreSQL database; `None`, said aloud, where no server is configured. In CI there must be one.
    pub async fn on_postgres() -> Option<House> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var("KONTOR_TEST_DATABASE_URL") else {
            assert!(std::env::var("CI").is_err(), "KONTOR_TEST_DATABASE_URL must name a PostgreSQL server in CI");
            static SAID: Once = Once::new();
            SAID.call_once(|| say_skipped("on PostgreSQL: KONTOR_TEST_DATABASE_URL is not set"));
            return None;
        };
        let template = postgres_template(&server).await;
        let name = format!("kontor_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        administer(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Some(House::open(Some(beside(&server, &name))).await)
    }

    async fn open(database_url: Option<String>) -> House {
        let folder = tempfile::tempdir().expect("a temporary folder");
        if database_url.is_none() {
            let config = Config::in_folder(&folder.path().join("data"));
            std::fs::create_dir_all(&config.data).expect("a folder");
            std::fs::copy(sqlite_template().await, config.sqlite_file()).expect("a copy of the template");
        }
        let config = Config { database_url, ..Config::in_folder(&folder.path().join("data")) };
        let now: DateTime<Utc> = NOW.parse().expect("an instant");
        let office = Office::open(config, Clock::Fixed(now)).await.expect("the office opens");
        let router = app(office.clone(), PublicUrl::default());
        House { office, router, folder }
    }

    /// A folder for the test's own files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Somebody without a session.
    pub fn stranger(&self) -> Browser {
        Browser { router: self.router.clone(), cookie: None, language: "en" }
    }

    /// The first administrator, come in through the set-up link.
    pub async fn administrator(&self) -> Browser {
        let token = make_set_up_link(&self.office).await.expect("a link").expect("nobody is there yet");
        let mut browser = self.stranger();
        let form =
            [("company", "Hansen GmbH"), ("name", "Ada Admin"), ("mail", "ada@example.org"), ("password", PASSWORD), ("repeat", PASSWORD)];
        let page = browser.post(&format!("/set-up/{token}"), &form).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
        browser
    }

    /// A further user of this role, signed in; the administrator must be there already.
    pub async fn user(&self, role: Role) -> Browser {
        let operator = Viewer::operator(Language::En);
        let mail = format!("{role}@example.org");
        let form = kontor::team::forms::NewUserForm {
            name: format!("The {role}"),
            mail: mail.clone(),
            role: role.to_string(),
            unit: String::new(),
        };
        let id = kontor::team::actions::add(&self.office, &operator, &form.parse().expect("a user")).await.expect("added");
        kontor::team::actions::set_password(&self.office, &operator, id, PASSWORD.into(), None).await.expect("a password");
        let mut browser = self.stranger();
        let page = browser.post("/sign-in", &[("mail", &mail), ("password", PASSWORD)]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
        browser
    }

    /// The newest events of the audit log, the newest first.
    pub async fn events(&self) -> Vec<kontor_domain::audit::Event> {
        let operator = Viewer::operator(Language::En);
        let entries = kontor::audit::actions::list(&self.office, &operator, &Default::default(), 1000).await.expect("the log");
        entries.into_iter().map(|entry| entry.event).collect()
    }
}

/// A SQLite file with the whole schema, made once for all tests: a copy of it is there faster than the schema step by step.
async fn sqlite_template() -> &'static Path {
    static TEMPLATE: OnceCell<(tempfile::TempDir, PathBuf)> = OnceCell::const_new();
    let make = async || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let config = Config::in_folder(folder.path());
        make_schema(&config).await;
        (folder, config.sqlite_file())
    };
    &TEMPLATE.get_or_init(make).await.1
}

/// The same for PostgreSQL: the name of a database to copy.
async fn postgres_template(server: &str) -> &'static str {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let make = async || {
        // Beside the tests: dropping takes long, and what is left when they end goes with the next run.
        let of_leftovers = server.to_owned();
        std::thread::spawn(move || tokio::runtime::Runtime::new().expect("a runtime").block_on(drop_leftovers(&of_leftovers)));
        let name = format!("kontor_test_{}", std::process::id());
        administer(server, &format!("DROP DATABASE IF EXISTS {name}")).await;
        administer(server, &format!("CREATE DATABASE {name}")).await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        make_schema(&Config { database_url: Some(beside(server, &name)), ..Config::in_folder(folder.path()) }).await;
        name
    };
    TEMPLATE.get_or_init(make).await
}

/// Drops the databases of runs that have ended: a test cannot drop its own while the office still holds connections.
async fn drop_leftovers(server: &str) {
    let admin = sea_orm::Database::connect(server).await.expect("the test server answers");
    let names = "SELECT datname FROM pg_database WHERE datname LIKE 'kontor\\_test\\_%'";
    let rows = sea_orm::ConnectionTrait::query_all_raw(&admin, sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, names)).await;
    let is_over = |name: &String| {
        let process = name.split('_').nth(2).unwrap_or_default();
        Path::new("/proc/self").exists() && !Path::new("/proc").join(process).exists()
    };
    let names =
        rows.expect("the databases").iter().map(|row| row.try_get("", "datname").expect("a name")).filter(is_over).collect::<Vec<String>>();
    for name in names {
        // Another run may do the same at this moment.
        sea_orm::ConnectionTrait::execute_unprepared(&admin, &format!("DROP DATABASE IF EXISTS {name}")).await.expect("dropped");
    }
    admin.close().await.expect("closed");
}

async fn make_schema(config: &Config) {
    let db = kontor::db::Db::open(config, NOW.parse().expect("an instant")).await.expect("the schema");
    db.close().await.expect("closed");
}

/// The address of another database on the same server.
fn beside(server: &str, name: &str) -> String {
    let (base, _) = server.rsplit_once('/').expect("an address with a database");
    format!("{base}/{name}")
}

async fn administer(server: &str, statement: &str) {
    let admin = sea_orm::Database::connect(server).await.expect("the test server answers");
    sea_orm::ConnectionTrait::execute_unprepared(&admin, statement).await.expect("the statement is run");
    admin.close().await.expect("closed");
}

/// A browser: keeps its cookie, says where its posts come from.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookie: Option<String>,
    pub language: &'static str,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let encode = |text: &str| kontor::web::url::encode(text);
        let body = form.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&");
        self.send(Method::POST, path, Some("application/x-www-form-urlencoded"), Body::from(body)).await
    }

    /// Uploads files as a multipart form with further fields.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
        let boundary = "kontor-test-boundary";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        for (name, content) in files {
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{boundary}--\r\n").into_bytes());
        let content_type = format!("multipart/form-data; boundary={boundary}");
        self.send(Method::POST, path, Some(&content_type), Body::from(body)).await
    }

    async fn send(&mut self, method: Method, path: &str, content_type: Option<&str>, body: Body) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "kontor.test")
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT_LANGUAGE, self.language);
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        let answer = answer(&self.router, request.body(body).expect("a request")).await;
        if let Some(cookie) = answer.headers.get(header::SET_COOKIE).and_then(|value| value.to_str().ok()) {
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        answer
    }
}

/// Sends a request as it is.
pub async fn answer(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.expect("the house always answers");
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.expect("the whole body");
    Answer { status: parts.status, headers: parts.headers, body }
}
