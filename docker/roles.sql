-- Run once by the PostgreSQL image, in an empty cluster, as its superuser: the two roles and the database.
-- The same as `forum prepare` makes (forum/store/roles.py); tests/test_compose.py compares them. A variable that is not
-- set stops the start: there is no password that everybody knows.
\set ON_ERROR_STOP on
\getenv owner_password FORUM_OWNER_PASSWORD
\getenv app_password FORUM_APP_PASSWORD
CREATE ROLE forum_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION PASSWORD :'owner_password';
CREATE ROLE forum_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION PASSWORD :'app_password';
CREATE DATABASE forum TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE forum FROM PUBLIC;
GRANT CONNECT ON DATABASE forum TO forum_app;
ALTER DATABASE forum OWNER TO forum_owner;
\connect forum
ALTER SCHEMA public OWNER TO forum_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO forum_app;
ALTER DEFAULT PRIVILEGES FOR ROLE forum_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO forum_app;
ALTER DEFAULT PRIVILEGES FOR ROLE forum_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO forum_app;
