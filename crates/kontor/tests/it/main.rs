//! The office as its users meet it: pages, API, command line, on both databases.

mod access;
mod accounts;
mod api;
mod browser;
mod cli;
mod dossier;
mod groups;
mod house;
mod interactions;
mod migrations;
mod people;
mod queries;
mod settings;
mod team;
mod tidy;
mod views;
mod walk;
