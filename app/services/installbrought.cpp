#include "app/services/installbrought.h"

#include <QCryptographicHash>
#include <QDir>

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hashBlock = 4 * 1024 * 1024;

InstallFile::Kind kindOf(const QString &name)
{
    if (name.endsWith(u".deb"_s))
        return InstallFile::Kind::Package;
    return name.endsWith(u".yaml"_s) || name.endsWith(u".yml"_s) ? InstallFile::Kind::Manifest : InstallFile::Kind::Images;
}

Unexpected unreadable(const QString &path, const QString &why)
{
    return fail(ErrorKind::Storage, u"%1: %2"_s.arg(path, why), u"filesFolder"_s);
}

} // namespace

Result<std::vector<InstallFile>> listBrought(const QString &folder)
{
    std::vector<InstallFile> files;
    if (folder.isEmpty())
        return files;
    if (!QFileInfo(folder).isDir())
        return unreadable(folder, u"there is no such folder"_s);
    if (!QFileInfo(folder).isReadable())
        return unreadable(folder, u"it cannot be read"_s);
    const QFileInfoList infos = QDir(folder).entryInfoList(
        {u"*.deb"_s, u"*.tar"_s, u"*.tar.gz"_s, u"*.tar.zst"_s, u"*.tgz"_s, u"*.yaml"_s, u"*.yml"_s}, QDir::Files, QDir::Name);
    for (const QFileInfo &info : infos)
        files.push_back({info.fileName(), {}, info.size(), info.filePath(), kindOf(info.fileName())});
    return files;
}

Result<void> sumBrought(std::vector<InstallFile> *files)
{
    for (InstallFile &file : *files) {
        QFile source(file.path);
        if (!source.open(QIODevice::ReadOnly))
            return unreadable(file.path, source.errorString());
        QCryptographicHash hash(QCryptographicHash::Sha256);
        while (!source.atEnd()) {
            const QByteArray block = source.read(hashBlock);
            if (block.isEmpty())
                return unreadable(file.path, source.errorString());
            hash.addData(block);
        }
        file.sha256 = hash.result();
        file.size = source.size();
    }
    return {};
}

QStringList missingManifests(const InstallPlan &plan, const std::vector<InstallFile> &files)
{
    QStringList wanted = plan.addons, missing;
    if (plan.networkAddon != u"flannel"_s && plan.networkAddon != u"none"_s)
        wanted.prepend(plan.networkAddon);
    for (const QString &name : wanted) {
        const bool isThere = std::any_of(files.begin(), files.end(), [&name](const InstallFile &file) {
            return file.kind == InstallFile::Kind::Manifest && (file.name == name + u".yaml"_s || file.name == name + u".yml"_s);
        });
        if (!isThere)
            missing << name + u".yaml"_s;
    }
    return missing;
}

} // namespace kboss
