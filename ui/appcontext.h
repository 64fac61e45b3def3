#pragma once

#include "app/services/session.h"
#include "models/resourcetype.h"
#include "ui/pageaddress.h"

#include <functional>

namespace kboss {

class Prompt;
class Theme;
class TraceLog;
class JobList;
class MessageBar;
class Settings;
class Language;

// What pages are handed by constructor. Owns nothing; everything in it outlives every page.
struct AppContext {
    Session *session = nullptr;
    const ContractSet *contracts = nullptr;
    std::shared_ptr<const ContractSet> contractsShared;
    const ResourceSet *resources = nullptr;
    Theme *theme = nullptr;
    Prompt *prompt = nullptr;
    JobList *jobs = nullptr;
    TraceLog *trace = nullptr;
    Settings *settings = nullptr;
    SecretStore *secrets = nullptr;
    const Clock *clock = nullptr;
    ProfileStore *profiles = nullptr;
    Language *language = nullptr;
    QString dataFolder; // for people to see; nothing is written there by pages
    std::vector<ArgumentPage> argumentPages; // pages about one thing, by the beginning of their ids
    std::function<void(const QString &pageId)> openPage; // opens or raises a tab
    // Opens the page that shows this resource, with these masters (their keys, topmost first; empty = as they are) and this row current. An empty
    // row key only opens it.
    // A filter (text) over its rows takes the place of what is filtered there.
    std::function<void(const QString &resource, const QStringList &masters, const QString &rowKey, const QString &filter)> openRow;
    std::function<void(const QString &pageId)> closePage; // without asking; may be empty
    std::function<void(const Error &error, const QString &what, std::function<void()> retry)> showError; // message bar of the window
    std::function<void(const QString &text, const QString &actionText, std::function<void()> action)> showNotice;
    std::function<void(const QString &profileId)> connectTo; // leaves this session and opens another
    std::function<void(const QString &sample)> tryHere; // a standalone service on this computer
    std::function<void(bool offline)> setOffline;
    std::function<void()> signOut;
    std::function<void(const QString &profileId)> forgetProfile; // its folder with copy, journal and logs
};

} // namespace kboss
