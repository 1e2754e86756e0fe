//! The command line: which commands there are, and what each needs.

use std::io::Write;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use kontor_domain::rights::Viewer;
use kontor_domain::team::Language;

use crate::access::actions::{make_set_up_link, make_sign_in_link, viewer_acting_as};
use crate::accounts::cli::AccountsCommand;
use crate::address_book::cli::PeopleCommand;
use crate::assignments::sight;
use crate::cadence::cli::CadenceCommand;
use crate::config::{Config, Listen};
use crate::demo::cli::GenerateArgs;
use crate::duplicates::cli::DuplicatesCommand;
use crate::fault::{Fault, FieldError};
use crate::groups::cli::GroupsCommand;
use crate::handovers::cli::TeamCommand;
use crate::interactions::cli::InteractionsCommand;
use crate::ledger::cli::{Ending, ImportArgs, ImportsCommand};
use crate::office::{Clock, Office};
use crate::scoring::cli::ValuationCommand;
use crate::team::cli::{Outcome, UnitCommand, UserCommand};
use crate::valuation::cli::{AnalyzeArgs, Answer};
use crate::web::guard::PublicUrl;
use crate::web::texts::Texts;
use crate::web::{serve, url};

/// Key account management from a company's own invoices
#[derive(Debug, Parser)]
#[command(name = "kontor", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Act as the user with this mail address, with their rights and their view; the operator of the machine may do and see everything
    #[arg(long = "as", global = true, value_name = "MAIL")]
    acting_as: Option<String>,

    #[command(flatten)]
    config: Config,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find the key accounts in invoice files, without a database
    Analyze(AnalyzeArgs),
    /// Book invoice files into the sales ledger
    Import(ImportArgs),
    /// List, show and undo imports
    #[command(subcommand)]
    Imports(ImportsCommand),
    /// Log, list and show contacts with customers
    #[command(subcommand)]
    Interactions(Box<InteractionsCommand>),
    /// List whom there should be contact with
    #[command(subcommand)]
    Cadence(CadenceCommand),
    /// Show, enter, end and import corporate groups
    #[command(subcommand)]
    Groups(GroupsCommand),
    /// Run, show and export the valuation by points
    #[command(subcommand)]
    Valuation(ValuationCommand),
    /// List, show, add, change and archive accounts
    #[command(subcommand)]
    Accounts(AccountsCommand),
    /// Find accounts that were entered twice, and merge them
    #[command(subcommand)]
    Duplicates(DuplicatesCommand),
    /// Serve the web pages and the API
    Serve(ServeArgs),
    /// Serve a demo company in a data folder of its own
    Demo(DemoArgs),
    /// Take in, list, show and write the people on the customers' side
    #[command(subcommand)]
    People(PeopleCommand),
    /// Add and change users
    #[command(subcommand)]
    User(UserCommand),
    /// Add and change units of the company
    #[command(subcommand)]
    Unit(UnitCommand),
    /// Show and change who looks after which account
    #[command(subcommand)]
    Team(TeamCommand),
    /// Make load data: invoice lines like a wholesaler's
    Generate(GenerateArgs),
    /// Print the API contract
    Openapi,
}

#[derive(Debug, Args)]
struct ServeArgs {
    #[command(flatten)]
    listen: Listen,
}

#[derive(Debug, Args)]
struct DemoArgs {
    #[command(flatten)]
    listen: Listen,
    /// Make the demo company anew even when the folder has one of today
    #[arg(long)]
    fresh: bool,
    /// Only make the demo company; do not serve it
    #[arg(long)]
    no_serve: bool,
}

/// Stopped before booking.
const STOPPED: u8 = 3;
/// Wrong usage, as clap has it.
const USAGE: u8 = 2;

/// Why a command failed.
enum Failure {
    /// Told in a sentence.
    Told(String),
    /// Used wrongly.
    Usage(String),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        let t = Texts::of(Language::En);
        let Fault::Invalid(errors) = &fault else { return Failure::Told(fault.message(t)) };
        let told = |error: &FieldError| match error.field.as_ref() {
            "" => error.message(t),
            field => format!("{field}: {}", error.message(t)),
        };
        let text = errors.iter().map(told).collect::<Vec<_>>().join("\nkontor: ");
        if errors.iter().all(FieldError::is_usage) { Failure::Usage(text) } else { Failure::Told(text) }
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure::Told(error.to_string())
    }
}

/// Reads the command line, runs the command, and gives the exit code: 0 fine, 2 wrong usage, 3 stopped before booking, 1 anything else.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return tell(&format!("kontor: {error}"), 1),
    };
    match runtime.block_on(run(cli)) {
        Ok(code) => code,
        Err(Failure::Told(message)) => tell(&format!("kontor: {message}"), 1),
        Err(Failure::Usage(message)) => tell(&format!("kontor: {message}"), USAGE),
    }
}

fn tell(message: &str, code: u8) -> ExitCode {
    // Where even standard error is closed, only the exit code is left.
    let _ = writeln!(std::io::stderr(), "{}", message.trim_end());
    ExitCode::from(code)
}

/// Prints what a command has to say; where that is nothing, says so beside the output, which programs read.
fn print(text: &str) -> Result<ExitCode, Failure> {
    if text.trim().is_empty() {
        return Ok(tell("kontor: there is nothing to list", 0));
    }
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| if text.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") }) {
        // Whoever closed the pipe has seen enough.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}

impl Command {
    /// Whether it works on a Kontor that must have been begun before. A new one is begun by serving it, by its first user and by its first import.
    const fn needs_office(&self) -> bool {
        match self {
            Command::Analyze(_) | Command::Openapi | Command::Serve(_) | Command::Demo(_) | Command::Generate(_) => false,
            Command::Import(_) | Command::User(UserCommand::Add(_)) => false,
            Command::Imports(_)
            | Command::Interactions(_)
            | Command::Cadence(_)
            | Command::Groups(_)
            | Command::Valuation(_)
            | Command::Accounts(_)
            | Command::Duplicates(_)
            | Command::People(_)
            | Command::User(_)
            | Command::Unit(_)
            | Command::Team(_) => true,
        }
    }
}

/// Where there is no Kontor, and what to do; a mistyped folder shall not become a new and empty one.
fn nothing_here(config: &Config) -> Failure {
    let folder = config.data.display();
    let records = match config.database_url {
        Some(_) => "",
        None => " Where its records are in PostgreSQL, give their address with --database-url or DATABASE_URL, too.",
    };
    Failure::Usage(format!(
        "no Kontor here: {folder}\nGive its data folder with --data or KONTOR_DATA.{records} A new Kontor is begun by `kontor serve`, `kontor user add` or `kontor import`."
    ))
}

async fn run(cli: Cli) -> Result<ExitCode, Failure> {
    if cli.command.needs_office() && !cli.config.is_begun() {
        return Err(nothing_here(&cli.config));
    }
    let (config, acting_as) = (cli.config, cli.acting_as);
    match cli.command {
        Command::Analyze(args) => analyze(&args),
        Command::Generate(args) => {
            args.run()?;
            if let Some(crm) = args.crm() {
                let (office, viewer) = open_as(config, acting_as).await?;
                crate::demo::crm::fill(&office, &viewer, crm, |what| drop(writeln!(std::io::stderr(), "{what} …"))).await?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Openapi => print(&serde_json::to_string_pretty(&crate::api::contract())?),
        Command::Import(args) => {
            if let Some(wrong) = args.wrong() {
                return Err(Failure::Usage(wrong));
            }
            let (office, viewer) = open_as(config, acting_as).await?;
            match args.run(&office, &viewer).await? {
                Ending::Done(text) => print(&text),
                Ending::Stopped(text) => Ok(tell(&text, STOPPED)),
            }
        }
        Command::Imports(command) => {
            let (office, viewer) = open_as(config, acting_as).await?;
            print(&command.run(&office, &viewer).await?)
        }
        Command::Cadence(command) => {
            let (office, viewer) = open_as(config, acting_as).await?;
            print(&command.run(&office, &viewer).await?)
        }
        Command::Interactions(command) => {
            let (office, viewer) = open_as(config, acting_as).await?;
            print(&command.run(&office, &viewer).await?)
        }
        Command::Unit(command) => {
            let (office, viewer) = open_as(config, acting_as).await?;
            print(&command.run(&office, &viewer).await?)
        }
        Command::Team(command) => {
            let (office, viewer) = open_as(config, acting_as).await?;
            print(&command.run(&office, &viewer).await?)
        }
        Command::Groups(command) => {
            let (office, viewer) = open_as(config, acting_as).await?;
            print(&command.run(&office, &viewer).await?)
        }
        Command::Accounts(command) => {
            let (office, viewer) = open_as(config, acting_as).await?;
            print(&command.run(&office, &viewer).await?)
        }
        Command::Duplicates(command) => {
            let (office, viewer) = open_as(config, acting_as).await?;
            print(&command.run(&office, &viewer).await?)
        }
        Command::People(command) => {
            let (office, viewer) = open_as(config, acting_as).await?;
            print(&command.run(&office, &viewer).await?)
        }
        Command::User(command) => {
            let (office, viewer) = open_as(config, acting_as).await?;
            match command.run(&office, &viewer).await? {
                Outcome::Text(text) => print(&text),
                Outcome::LinkFor { id, public_url } => {
                    let path = url::link(&make_sign_in_link(&office, &viewer, id).await?);
                    let Some(base) = public_url else {
                        tell("kontor: put the address of your Kontor in front, as in http://127.0.0.1:7878/link/…", 0);
                        return print(&path);
                    };
                    print(&format!("{}{path}", base.trim_end_matches('/')))
                }
            }
        }
        Command::Valuation(command) => {
            let (office, viewer) = open_as(config, acting_as).await?;
            print(&command.run(&office, &viewer).await?)
        }
        Command::Serve(args) => {
            log();
            let office = open(config).await?;
            let link = make_set_up_link(&office).await?.map(|token| ("Set up your Kontor", url::set_up(&token)));
            serve_at(office, args.listen, link).await
        }
        Command::Demo(args) => {
            log();
            // Never the company's own database: the demo lives in its folder alone.
            let config = Config::in_folder(&crate::demo::folder(&config));
            let (office, link) = crate::demo::open(config, args.fresh).await?;
            if args.no_serve {
                return print(&url::link(&link));
            }
            serve_at(office, args.listen, Some(("Sign in to the demo company", url::link(&link)))).await
        }
    }
}

async fn open(config: Config) -> Result<Office, Failure> {
    Ok(Office::open(config, Clock::System).await?)
}

/// The office, and who acts in it: the operator, or the user named with `--as`.
async fn open_as(config: Config, acting_as: Option<String>) -> Result<(Office, Viewer), Failure> {
    let office = open(config).await?;
    let viewer = match acting_as {
        Some(mail) => sight::give(&office, viewer_acting_as(&office, &mail).await?).await?,
        None => Viewer::operator(Language::En),
    };
    Ok((office, viewer))
}

async fn serve_at(office: Office, listen: Listen, link: Option<(&'static str, String)>) -> Result<ExitCode, Failure> {
    let public = listen.public_url.clone();
    let ready = move |address: std::net::SocketAddr| {
        let base = public.unwrap_or_else(|| format!("http://{address}"));
        let text = match link {
            Some((what, path)) => format!("Kontor is at {base}\n{what}: {}{path}\n", base.trim_end_matches('/')),
            None => format!("Kontor is at {base}\n"),
        };
        let _ = print(&text);
        let _ = std::io::stdout().flush();
    };
    let address = listen.listen;
    let cannot = |error: std::io::Error| Failure::Told(format!("cannot listen on {address}: {error}"));
    serve::serve(office, address, PublicUrl(listen.public_url), ready).await.map_err(cannot)?;
    Ok(ExitCode::SUCCESS)
}

fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "kontor=info,warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

fn analyze(args: &AnalyzeArgs) -> Result<ExitCode, Failure> {
    if let Some(wrong) = args.wrong() {
        return Err(Failure::Usage(wrong));
    }
    let today = Clock::System.now().with_timezone(&chrono::Local).date_naive();
    let (message, beside, written) = match args.run(today).map_err(|error| Failure::Told(error.to_string()))? {
        Answer::Fine(written, beside) => (None, beside, written),
        Answer::Stopped(message, written) => (Some(message), String::new(), written),
    };
    match args.out() {
        Some(path) if message.is_none() => std::fs::write(path, &written)?,
        _ => {
            let mut out = std::io::stdout().lock();
            match out
                .write_all(&written)
                .and_then(|()| if written.last().is_some_and(|&byte| byte != b'\n') { out.write_all(b"\n") } else { Ok(()) })
            {
                Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => return Err(error.into()),
                _ => {}
            }
        }
    }
    match message {
        Some(message) => Ok(tell(&message, STOPPED)),
        None if beside.is_empty() => Ok(ExitCode::SUCCESS),
        None => Ok(tell(&beside, 0)),
    }
}
