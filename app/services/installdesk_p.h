#pragma once

#include "app/services/installshared.h"

#include <map>

class QLockFile;

namespace kboss {

struct InstallDesk::Private {
    InstallDesk *q = nullptr;
    std::unique_ptr<InstallShared> shared;
    std::vector<InstallEntry> entries;
    bool isLoaded = false;
    std::map<QString, std::unique_ptr<Installation>> open;
    std::map<QString, std::vector<std::shared_ptr<QPromise<Result<Installation *>>>>> opening; // who waits for it

    struct Opened {
        InstallRecord record;
        std::shared_ptr<QLockFile> lock;
    };
    void openCame(const QString &id, const Result<Opened> &opened);
    QFuture<Result<QString>> add(InstallRecord record);
    void entryChanged(const InstallEntry &entry);
    void mayGo(Installation *installation); // nobody looks at it and nothing runs
};

} // namespace kboss
