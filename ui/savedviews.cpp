#include "ui/savedviews.h"

#include "ui/prompt.h"
#include "ui/settings.h"
#include "ui/theme.h"

#include <QFile>
#include <QJsonDocument>
#include <QMenu>
#include <QPointer>
#include <QSaveFile>

namespace kboss {

using namespace Qt::StringLiterals;

SavedViews::SavedViews(const ResourceType &type, Settings *settings, Prompt *prompt, Theme *, Access access, QWidget *parent)
    : QPushButton(parent), m_type(type), m_settings(settings), m_prompt(prompt), m_access(std::move(access))
{
    setProperty("kind", u"quiet"_s);
    setAutoDefault(false);
    setObjectName(u"savedViews"_s);
    connect(this, &QPushButton::clicked, this, &SavedViews::showMenu);
    retranslate();
}

QString SavedViews::key() const
{
    return u"views/"_s + m_type.id;
}

QJsonObject SavedViews::all() const
{
    return m_settings->value(key()).toObject();
}

QStringList SavedViews::names() const
{
    return all().keys();
}

void SavedViews::retranslate()
{
    const QString name = m_name.isEmpty() ? tr("Default") : m_name;
    setText(tr("View: %1").arg(m_changed && !m_name.isEmpty() ? name + u" *"_s : name) + u" ▾"_s);
}

void SavedViews::noteChanged()
{
    m_changed = true;
    retranslate();
}

void SavedViews::save(const QString &name)
{
    QJsonObject views = all();
    views.insert(name, m_access.current());
    m_settings->setValue(key(), views);
    m_name = name;
    m_changed = false;
    retranslate();
}

void SavedViews::open(const QString &name)
{
    const QJsonObject view = all().value(name).toObject();
    m_access.apply(view);
    m_name = view.isEmpty() ? QString() : name;
    m_changed = false;
    retranslate();
}

Result<void> SavedViews::writeFile(const QString &path) const
{
    QSaveFile file(path);
    const QJsonObject document{{u"resource"_s, m_type.id}, {u"name"_s, m_name}, {u"view"_s, m_access.current()}};
    const QByteArray json = QJsonDocument(document).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit())
        return fail(ErrorKind::Storage, path + u": "_s + file.errorString());
    return {};
}

Result<void> SavedViews::readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Storage, path + u": "_s + file.errorString());
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.read(1'000'000), &error);
    if (!document.isObject())
        return fail(ErrorKind::Storage, path + u": "_s + error.errorString());
    if (document.object().value(u"resource"_s).toString() != m_type.id)
        return fail(ErrorKind::Rejected, tr("This view belongs to another table: %1").arg(document.object().value(u"resource"_s).toString()));
    m_access.apply(document.object().value(u"view"_s).toObject());
    save(document.object().value(u"name"_s).toString(tr("From a file")));
    return {};
}

void SavedViews::askSave()
{
    Question question;
    question.title = tr("Save this view");
    question.text = tr("Conditions, columns and sort are kept under this name. A view of the same name is replaced.");
    question.acceptText = tr("Save view");
    question.input = u"text"_s;
    question.inputValue = m_name;
    m_prompt->ask(this, question, [self = QPointer(this)](const Answer &answer) {
        if (self && answer.accepted && !answer.input.trimmed().isEmpty())
            self->save(answer.input.trimmed());
    });
}

void SavedViews::askFile(bool write)
{
    Question question;
    question.title = write ? tr("Write this view to a file") : tr("Read a view from a file");
    question.acceptText = write ? tr("Write") : tr("Read");
    question.input = write ? u"file-save"_s : u"file-open"_s;
    question.inputFilter = u"JSON (*.json)"_s;
    m_prompt->ask(this, question, [self = QPointer(this), write](const Answer &answer) {
        if (!self || !answer.accepted || answer.input.isEmpty())
            return;
        const Result<void> done = write ? self->writeFile(answer.input) : self->readFile(answer.input);
        if (!done)
            Q_EMIT self->failed(done.error(), write ? tr("Write the view") : tr("Read the view"));
    });
}

void SavedViews::showMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *own = menu->addAction(tr("Default"), this, [this] { open({}); });
    own->setCheckable(true);
    own->setChecked(m_name.isEmpty() && !m_changed);
    for (const QString &name : names()) {
        QAction *entry = menu->addAction(name, this, [this, name] { open(name); });
        entry->setCheckable(true);
        entry->setChecked(name == m_name);
    }
    menu->addSeparator();
    menu->addAction(tr("Save as…"), this, &SavedViews::askSave);
    if (!m_name.isEmpty()) {
        menu->addAction(tr("Remove “%1”").arg(m_name), this, [this] {
            QJsonObject views = all();
            views.remove(m_name);
            m_settings->setValue(key(), views);
            m_name.clear();
            retranslate();
        });
    }
    menu->addSeparator();
    menu->addAction(tr("Write to a file…"), this, [this] { askFile(true); });
    menu->addAction(tr("Read from a file…"), this, [this] { askFile(false); });
    menu->popup(mapToGlobal(QPoint(0, height())));
}

} // namespace kboss
