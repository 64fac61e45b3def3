#include "app/main/console_options.h"

#include <QCommandLineParser>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

void addOptions(QCommandLineParser &parser)
{
    const auto add = [&parser](const QString &name, const QString &text, const QString &value = {}, const QString &standard = {}) {
        parser.addOption(QCommandLineOption(name, text, value, standard));
    };
    add(u"profile"_s, u"Connect to this profile, by id or name."_s, u"name"_s);
    add(u"service"_s, u"Connect to this base address for all services; nothing of it is saved."_s, u"url"_s);
    add(u"token-file"_s, u"Sign in with the token in this file (with --service or --profile)."_s, u"file"_s);
    add(u"user"_s, u"Sign in as this user; needs --password-file."_s, u"name"_s);
    add(u"password-file"_s, u"The file that holds the user's password."_s, u"file"_s);
    add(u"standalone"_s, u"Run a service of its own on this computer."_s);
    add(u"sample"_s, u"What the standalone service is filled with: small, medium, large or none."_s, u"size"_s, u"small"_s);
    add(u"data"_s, u"Keep everything in this folder."_s, u"folder"_s);
    add(u"page"_s, u"Open this page: billing-account, compute-center, journal, request-log, activity, profiles, start."_s, u"id"_s);
    add(u"offline"_s, u"Ask no server; look at the local copy."_s);
    add(u"lang"_s, u"zh_CN or en."_s, u"language"_s);
    add(u"trace"_s, u"Write what happens when to this file, one JSON object a line."_s, u"file"_s);
    add(u"tour"_s, u"Open every page, save pictures and report.json to this folder, and end."_s, u"folder"_s);
}

QString faultIn(const ConsoleOptions &options, const QCommandLineParser &parser)
{
    if (!parser.positionalArguments().isEmpty())
        return u"unexpected argument: "_s + parser.positionalArguments().constFirst();
    if (int(options.standalone) + int(options.service.has_value()) + int(!options.profile.isEmpty()) > 1)
        return u"only one of --standalone, --service and --profile can be given"_s;
    if (options.service && (!options.service->isValid() || options.service->host().isEmpty()))
        return u"--service: not an address: "_s + parser.value(u"service"_s);
    if (!QStringList{u"none"_s, u"small"_s, u"medium"_s, u"large"_s}.contains(options.sample))
        return u"--sample: small, medium, large or none, not "_s + options.sample;
    if (parser.isSet(u"sample"_s) && !options.standalone)
        return u"--sample belongs to --standalone"_s;
    const bool credential = !options.tokenFile.isEmpty() || !options.user.isEmpty();
    if (credential && !options.service && options.profile.isEmpty())
        return u"--token-file and --user belong to --service or --profile: the standalone service needs no sign-in"_s;
    if (!options.language.isEmpty() && !QStringList{u"zh_CN"_s, u"en"_s}.contains(options.language))
        return u"--lang: zh_CN or en, not "_s + options.language;
    if (options.user.isEmpty() != options.passwordFile.isEmpty())
        return u"--user and --password-file belong together"_s;
    if (!options.tokenFile.isEmpty() && !options.user.isEmpty())
        return u"either --token-file or --user can be given"_s;
    return {};
}

} // namespace

ConsoleOptions ConsoleOptions::read(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Desktop console for compute centers, nodes and billing accounts."_s);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    addOptions(parser);
    ConsoleOptions options;
    const auto wrong = [&options](const QString &text) {
        options.outcome = Outcome::Wrong;
        options.text = u"kboss-console: "_s + text + u"\nTry --help.\n"_s;
        return options;
    };
    if (!parser.parse(arguments))
        return wrong(parser.errorText());
    if (parser.isSet(help) || parser.isSet(version)) {
        options.outcome = Outcome::Said;
        options.text = parser.isSet(help) ? parser.helpText() : u"kboss-console " KBOSS_VERSION "\n"_s;
        return options;
    }
    options.dataFolder = parser.value(u"data"_s);
    options.profile = parser.value(u"profile"_s);
    if (parser.isSet(u"service"_s))
        options.service = QUrl(parser.value(u"service"_s), QUrl::StrictMode);
    options.standalone = parser.isSet(u"standalone"_s);
    options.sample = parser.value(u"sample"_s);
    options.tokenFile = parser.value(u"token-file"_s);
    options.user = parser.value(u"user"_s);
    options.passwordFile = parser.value(u"password-file"_s);
    options.page = parser.value(u"page"_s);
    options.language = parser.value(u"lang"_s);
    options.traceFile = parser.value(u"trace"_s);
    options.tourFolder = parser.value(u"tour"_s);
    options.offline = parser.isSet(u"offline"_s);
    if (const QString fault = faultIn(options, parser); !fault.isEmpty())
        return wrong(fault);
    return options;
}

} // namespace kboss
