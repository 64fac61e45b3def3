// Words for lists of hosts from files, and the cells they are typed into.
#include "ui/installhostlines.h"

#include "models/installhostsmodel.h"
#include "models/installwords.h"
#include "ui/installhosts.h"
#include "ui/widgets.h"

#include <QComboBox>
#include <QCompleter>
#include <QCoreApplication>
#include <QLineEdit>
#include <QPainter>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

const char *whyWords(HostListFault::Why why)
{
    using Why = HostListFault::Why;
    switch (why) {
    case Why::NoHeader:
        return QT_TRANSLATE_NOOP("HostListWords", "the first row names no column of addresses");
    case Why::UnknownColumn:
        return QT_TRANSLATE_NOOP("HostListWords", "no column is called so");
    case Why::ColumnTwice:
        return QT_TRANSLATE_NOOP("HostListWords", "this column comes twice");
    case Why::PasswordColumn:
        return QT_TRANSLATE_NOOP("HostListWords", "passwords are not read from files: take this column out");
    case Why::Missing:
        return QT_TRANSLATE_NOOP("HostListWords", "the address is missing");
    case Why::NotAnAddress:
        return QT_TRANSLATE_NOOP("HostListWords", "not an IPv4 or IPv6 address");
    case Why::NotAName:
        return QT_TRANSLATE_NOOP("HostListWords", "not a name: small letters, digits and '-'");
    case Why::NotAPort:
        return QT_TRANSLATE_NOOP("HostListWords", "a port is 1 to 65535");
    case Why::NotARole:
        return QT_TRANSLATE_NOOP("HostListWords", "a role is control-plane or worker");
    case Why::Twice:
        return QT_TRANSLATE_NOOP("HostListWords", "an earlier row has it already");
    case Why::OpenQuote:
        return QT_TRANSLATE_NOOP("HostListWords", "a quoted cell has no end");
    case Why::AfterQuote:
        return QT_TRANSLATE_NOOP("HostListWords", "something stands after the closing quote");
    case Why::NotText:
        return QT_TRANSLATE_NOOP("HostListWords", "bytes that are neither UTF-8 nor GBK");
    case Why::TooManyHosts:
        return QT_TRANSLATE_NOOP("HostListWords", "more hosts than a list may have");
    }
    return "";
}

} // namespace

QString hostListFaultText(const HostListFault &fault)
{
    const auto word = [](const char *text) { return QCoreApplication::translate("HostListWords", text); };
    const QString where = fault.column > 0 ? word(QT_TRANSLATE_NOOP("HostListWords", "Line %1, column %2")).arg(fault.line).arg(fault.column)
                                           : word(QT_TRANSLATE_NOOP("HostListWords", "Line %1")).arg(fault.line);
    const QString why = where + u": "_s + word(whyWords(fault.why));
    return fault.text.isEmpty() ? why : why + u" ("_s + fault.text + u')';
}

InstallHostsDelegate::InstallHostsDelegate(Theme *theme, InstallHostsModel *model, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_model(model)
{
}

void InstallHostsDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const bool fault = index.data(InstallHostsModel::FaultRole).toBool();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, m_theme->color("selection"));
    else if (fault && index.column() < InstallHostsModel::SignIn)
        painter->fillRect(option.rect, m_theme->toneGround(Tone::Bad));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), m_theme->color("line"));
    QRect cell = option.rect.adjusted(m_theme->size(index.column() == 0 ? "first-cell" : "cell-padding"), 0, -m_theme->size("cell-padding"), -1);
    const QString text = index.data().toString();
    if (fault) {
        const int side = m_theme->size("shape");
        m_theme->paintShape(painter, QRectF(cell.left(), cell.center().y() - side / 2.0 + 0.5, side, side),
                            index.column() == InstallHostsModel::SignIn ? Tone::Warn : Tone::Bad);
        cell.adjust(side + m_theme->size("chip-gap"), 0, 0, 0);
    }
    const bool mono = index.column() == InstallHostsModel::Address || index.column() == InstallHostsModel::Jump;
    painter->setFont(mono ? m_theme->monoFont(TextSize::Label) : m_theme->font());
    painter->setPen(m_theme->color(index.column() >= InstallHostsModel::SignIn ? "text-2" : "text"));
    painter->drawText(cell, Qt::AlignVCenter | Qt::AlignLeft, painter->fontMetrics().elidedText(text, Qt::ElideRight, cell.width()));
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(m_theme->color("accent"));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -2));
    }
    painter->restore();
}

QWidget *InstallHostsDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Q_UNUSED(option)
    if (index.column() == InstallHostsModel::Role) {
        auto *box = new QComboBox(parent);
        for (const HostRole role : {HostRole::ControlPlane, HostRole::Worker})
            box->addItem(roleWord(role), static_cast<int>(role));
        return box;
    }
    auto *edit = new QLineEdit(parent);
    if (index.column() == InstallHostsModel::Jump) {
        QStringList names;
        for (const PlanHost &host : m_model->hosts())
            names << host.name;
        edit->setCompleter(new QCompleter(names, edit));
    }
    edit->setToolTip(plainToolTip(m_model->faultAt(index.row(), index.column())));
    return edit;
}

void InstallHostsDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    if (auto *box = qobject_cast<QComboBox *>(editor))
        box->setCurrentIndex(box->findData(index.data(Qt::EditRole).toInt()));
    else if (auto *edit = qobject_cast<QLineEdit *>(editor))
        edit->setText(index.data(Qt::EditRole).toString());
}

void InstallHostsDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    if (const auto *box = qobject_cast<QComboBox *>(editor))
        model->setData(index, box->currentData().toInt(), Qt::EditRole);
    else if (const auto *edit = qobject_cast<QLineEdit *>(editor))
        model->setData(index, edit->text(), Qt::EditRole);
}

} // namespace kboss
