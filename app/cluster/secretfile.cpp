#include "app/cluster/secretfile.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#ifdef Q_OS_LINUX
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr auto folderName = "kboss-secret-";

#ifdef Q_OS_LINUX
class InMemory : public SecretFile {
public:
    explicit InMemory(int descriptor) : m_descriptor(descriptor) { }
    ~InMemory() override { ::close(m_descriptor); }

    QString path() const override { return u"/proc/self/fd/%1"_s.arg(m_descriptor); }
    void passTo(QProcess &process) const override
    {
        // Closed in every other program that is started meanwhile.
        process.setChildProcessModifier([descriptor = m_descriptor] { ::fcntl(descriptor, F_SETFD, 0); });
    }

private:
    const int m_descriptor;
};

Result<std::unique_ptr<SecretFile>> makeInMemory(const QByteArray &content)
{
    const int descriptor = ::memfd_create("kubeconfig", MFD_CLOEXEC);
    if (descriptor < 0)
        return fail(ErrorKind::Storage, u"no file in memory: %1"_s.arg(qt_error_string()));
    auto made = std::make_unique<InMemory>(descriptor);
    for (qsizetype written = 0; written < content.size();) {
        const auto some = ::write(descriptor, content.constData() + written, static_cast<size_t>(content.size() - written));
        if (some <= 0)
            return fail(ErrorKind::Storage, u"the file in memory cannot be written: %1"_s.arg(qt_error_string()));
        written += some;
    }
    ::fchmod(descriptor, S_IRUSR);
    return made;
}
#else
class OnDisk : public SecretFile {
public:
    explicit OnDisk(const QString &folder) : m_folder((folder.isEmpty() ? QDir::tempPath() : folder) + u'/' + QLatin1String(folderName) + u"XXXXXX"_s)
    {
    }

    Result<void> write(const QByteArray &content) const
    {
        if (!m_folder.isValid())
            return fail(ErrorKind::Storage, u"no folder for the kubeconfig: %1"_s.arg(m_folder.errorString()));
        QFile file(path()); // the folder itself is 0700
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
            || file.write(content) != content.size() || !file.flush())
            return fail(ErrorKind::Storage, u"the kubeconfig cannot be put down: %1"_s.arg(file.errorString()));
        return {};
    }
    QString path() const override { return m_folder.filePath(u"config"_s); }
    void passTo(QProcess &) const override { }

private:
    const QTemporaryDir m_folder;
};
#endif

} // namespace

Result<std::unique_ptr<SecretFile>> SecretFile::make(const QByteArray &content, const QString &folder)
{
#ifdef Q_OS_LINUX
    Q_UNUSED(folder)
    return makeInMemory(content);
#else
    auto made = std::make_unique<OnDisk>(folder);
    if (auto written = made->write(content); !written)
        return fail(written.error());
    return made;
#endif
}

void clearSecretFiles(const QString &folder)
{
    const QDir place(folder);
    for (const QString &name : place.entryList({QLatin1String(folderName) + u'*'}, QDir::Dirs))
        QDir(place.filePath(name)).removeRecursively();
}

} // namespace kboss
