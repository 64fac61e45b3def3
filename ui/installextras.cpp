#include "ui/installextras.h"

#include "models/installcounts.h"
#include "models/installwords.h"
#include "ui/prompt.h"
#include "ui/widgets.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr const char *addonNames[] = {"metrics-server", "local-storage", "gpu-operator"};
}

InstallAddonsField::InstallAddonsField(const AppContext &context, QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(context.theme->size("space-1"));
    for (const char *name : addonNames) {
        auto *box = new QCheckBox(this);
        box->setObjectName(QLatin1String(name));
        connect(box, &QCheckBox::clicked, this, &InstallAddonsField::edited);
        column->addWidget(box);
        m_boxes.push_back(box);
    }
    setFocusProxy(m_boxes.front());
    retranslate();
}

QCheckBox *InstallAddonsField::box(const QString &addon) const
{
    return findChild<QCheckBox *>(addon);
}

QStringList InstallAddonsField::addons() const
{
    QStringList names;
    for (const QCheckBox *box : m_boxes) {
        if (box->isChecked())
            names << box->objectName();
    }
    return names + m_others;
}

void InstallAddonsField::setAddons(const QStringList &addons)
{
    m_others = addons;
    for (QCheckBox *box : m_boxes)
        box->setChecked(m_others.removeAll(box->objectName()) > 0);
}

void InstallAddonsField::retranslate()
{
    const QString words[] = {tr("metrics-server: figures of nodes and pods"), tr("local-storage: volumes on the nodes' disks"),
                             tr("gpu-operator: drivers, counting, and a test job")};
    for (size_t i = 0; i < m_boxes.size(); ++i)
        m_boxes[i]->setText(words[i]);
}

InstallFilesField::InstallFilesField(const AppContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_edit(new QLineEdit(this)), m_choose(makeButton({}, "", this)), m_found(makeLabel({}, "hint", this))
{
    m_edit->setObjectName(u"filesFolder"_s);
    m_choose->setObjectName(u"chooseFilesFolder"_s);
    m_found->setWordWrap(true);
    auto *line = new QHBoxLayout;
    line->setSpacing(context.theme->size("space-2"));
    line->addWidget(m_edit, 1);
    line->addWidget(m_choose);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(context.theme->size("space-1"));
    column->addLayout(line);
    column->addWidget(m_found);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textEdited, this, &InstallFilesField::edited);
    connect(m_choose, &QPushButton::clicked, this, &InstallFilesField::choose);
    retranslate();
}

QString InstallFilesField::folder() const
{
    return m_edit->text().trimmed();
}

void InstallFilesField::setFolder(const QString &folder)
{
    if (this->folder() != folder)
        m_edit->setText(folder);
}

void InstallFilesField::setFiles(const std::vector<InstallFile> &files, bool isReading)
{
    m_files = files;
    m_reading = isReading;
    showFound();
}

QString InstallFilesField::foundText() const
{
    return m_found->text();
}

void InstallFilesField::showFound()
{
    int packages = 0, images = 0, manifests = 0;
    qint64 bytes = 0;
    for (const InstallFile &file : m_files) {
        ++(file.kind == InstallFile::Kind::Package ? packages : file.kind == InstallFile::Kind::Manifest ? manifests : images);
        bytes += file.size;
    }
    QStringList parts;
    if (packages > 0)
        parts << countText(Counted::Packages, packages);
    if (images > 0)
        parts << countText(Counted::Archives, images);
    if (manifests > 0)
        parts << countText(Counted::Manifests, manifests);
    const QString found =
        parts.isEmpty() ? tr("no packages (.deb), images (.tar) or manifests (.yaml) in it") : parts.join(u", "_s) + u" · "_s + bytesText(bytes);
    m_found->setText(folder().isEmpty() ? tr("Packages, images and manifests to bring along. Empty: all from the mirrors.")
                         : m_reading    ? tr("Looking into the folder…")
                                        : found);
}

void InstallFilesField::choose()
{
    Question question;
    question.title = tr("Folder with files for the hosts");
    question.text = tr("Packages (.deb), archives of images (.tar) and manifests (.yaml) in it are copied to the hosts.");
    question.input = u"folder"_s;
    question.inputValue = folder();
    question.acceptText = tr("Choose");
    m_context.prompt->ask(this, question, [this](const Answer &answer) {
        if (!answer.accepted)
            return;
        m_edit->setText(answer.input);
        Q_EMIT edited();
    });
}

void InstallFilesField::retranslate()
{
    m_choose->setText(tr("Choose…"));
    m_edit->setPlaceholderText(tr("from the mirrors"));
    m_edit->setAccessibleName(tr("Folder with files for the hosts"));
    showFound();
}

} // namespace kboss
