//! Where Kontor keeps its things and where it listens.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The options that every command shares; each can be given by its environment variable.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    /// Folder of the database, the sales ledger and uploads
    #[arg(long, env = "KONTOR_DATA", default_value = "kontor-data", global = true, value_name = "FOLDER")]
    pub data: PathBuf,

    /// PostgreSQL address (postgres://…); without it records are kept in SQLite inside the data folder
    #[arg(long, env = "DATABASE_URL", global = true, value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,
}

impl Config {
    /// Everything in one folder, records in SQLite.
    pub fn in_folder(data: &Path) -> Config {
        Config { data: data.to_owned(), database_url: None }
    }

    /// Whether a Kontor was begun there: its records in SQLite, or, with those in PostgreSQL, its sales ledger.
    pub fn is_begun(&self) -> bool {
        match self.database_url {
            Some(_) => self.ledger_folder().is_dir(),
            None => self.sqlite_file().is_file(),
        }
    }

    /// The SQLite file, whether it is used or not.
    pub fn sqlite_file(&self) -> PathBuf {
        self.data.join("kontor.sqlite")
    }

    /// Folder of the sales ledger's segments.
    pub fn ledger_folder(&self) -> PathBuf {
        self.data.join("ledger")
    }

    /// Folder of uploaded files that are not booked yet, and of the reports of imports.
    pub fn imports_folder(&self) -> PathBuf {
        self.data.join("imports")
    }

    /// Folder of the object store: files that belong to records, such as attachments of interactions.
    pub fn files_folder(&self) -> PathBuf {
        self.data.join("files")
    }

    /// Folder of the copies made before migrations.
    pub fn backups_folder(&self) -> PathBuf {
        self.data.join("backups")
    }
}

/// How `kontor serve` and `kontor demo` are reached.
#[derive(Clone, Debug, clap::Args)]
pub struct Listen {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, env = "KONTOR_LISTEN", default_value = "127.0.0.1:7878", value_name = "ADDRESS")]
    pub listen: SocketAddr,

    /// The address users see, where it is not the one listened on (behind a proxy: https://kontor.example.com)
    #[arg(long, env = "KONTOR_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
}
