#pragma once

#include "app/services/installation.h"
#include "ui/appcontext.h"

#include <QScrollArea>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace kboss {

class ChangeList;
class Chip;

// One check on one host: why it matters, what the host said, what mending it changes and how that is undone, and how it is let pass by its name. GUI thread.
class InstallCheckPanel : public QScrollArea {
    Q_OBJECT
public:
    InstallCheckPanel(const AppContext &context, Installation *installation, QWidget *parent);

    void show(const QString &host, const QString &name);
    void refresh();
    const QString &host() const { return m_host; }
    const QString &name() const { return m_name; }
    void retranslate();

Q_SIGNALS:
    void closed();
    void signInAsked(const QString &host); // it could not be asked: nobody was let in
    void keysAsked(); // or its key is another one

private:
    void build();
    void addPart(QLabel *heading, std::initializer_list<QWidget *> widgets);
    void showFix(const CheckResult &result);
    bool showUnasked(const CheckResult &result); // why the host could not be asked, and what helps
    void showUndo();
    void showAccept(const CheckResult &result);
    void askFix(); // what empties a host wants its name typed
    void applyFix();
    void undoFix();
    void acceptOne();
    void askPass();
    static void setTextHeight(QPlainTextEdit *edit, int most);

    AppContext m_context;
    Installation *m_installation;
    QString m_host, m_name, m_undoId;
    HostFix m_fix;
    Chip *m_state;
    QLabel *m_title, *m_where, *m_own, *m_whyHead, *m_why, *m_evidenceHead, *m_source, *m_fixHead, *m_fixNote, *m_undoHead, *m_undo, *m_acceptHead, *m_acceptNote;
    QPlainTextEdit *m_evidence, *m_commands;
    ChangeList *m_changes;
    QLineEdit *m_reason;
    QPushButton *m_copy, *m_again, *m_apply, *m_pass, *m_undoButton, *m_accept, *m_takeBack, *m_help;
    QVBoxLayout *m_column;
};

} // namespace kboss
