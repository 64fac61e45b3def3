#pragma once

#include "models/podplan.h"
#include "ui/changelist.h"
#include "ui/podcheck.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace kboss {

class Chip;
class StockList;
class Theme;

// Beside the form of a pod configuration: what it would take and where, its objects as YAML, and what a change changes. GUI thread.
class PodOutcome : public QWidget {
    Q_OBJECT
public:
    PodOutcome(const AppContext &context, QWidget *parent);

    void setAge(Tone tone, const QString &text); // of the rows that were reckoned with
    // Fault names: the fields in words that keep it from being reckoned, in the form's order. whyUnknown: why the rows are not there; empty = they are.
    void setAnswer(const PodCheckRunner &runner, const QStringList &faults, const QString &whyUnknown);
    void setChanges(bool isChange, const std::vector<ChangeList::Entry> &entries, const QString &yamlBefore);
    void setYamlNote(const QString &note);
    void showTab(int tab); // 0 YAML, 1 changes
    void retranslate();

    QString verdict() const;
    QString placeText() const;
    QString serviceText() const;
    QString yaml() const; // as shown
    QString diff() const;
    StockList *parts() const { return m_parts; }
    ChangeList *changes() const { return m_changes; }

Q_SIGNALS:
    void copied();

private:
    QWidget *buildCheck();
    QWidget *buildYaml();
    QWidget *buildChanges();
    void fillParts(const PodCheck &check);
    void fillDiff(const QString &before);
    void setService(const PodCheckRunner &runner);

    AppContext m_context;
    QLabel *m_title;
    Chip *m_verdict, *m_age;
    StockList *m_parts;
    QLabel *m_place, *m_nodes, *m_unknown;
    Chip *m_service;
    QLabel *m_serviceReason;
    QTabBar *m_tabs;
    QStackedWidget *m_stack;
    QLabel *m_yamlNote;
    QPushButton *m_copy;
    QPlainTextEdit *m_yaml, *m_diff;
    ChangeList *m_changes;
    QLabel *m_noChanges, *m_changesNote;
    QString m_before;
    std::vector<ChangeList::Entry> m_entries;
    bool m_isChange = false;
};

} // namespace kboss
