#pragma once

#include "models/picks.h"
#include "ui/appcontext.h"
#include "ui/formshape.h"

#include <QSet>
#include <QWidget>

class QGridLayout;
class QLabel;
class QToolButton;

namespace kboss {

class FieldEditor;
class FormOffers;
class Theme;

// The fields of one action: labels at the left, faults under the field the moment it is wrong, a bar and an undo button at what was changed.
// GUI thread.
class EditForm : public QWidget {
    Q_OBJECT
public:
    EditForm(std::vector<FormField> fields, const ResourceType &type, Theme *theme, QWidget *parent);

    void setShape(FormShape shape); // before start()
    const FormShape &shape() const { return m_shape; }
    void setChoices(const QString &field, std::vector<PickChoice> choices); // of a field chosen from what the page knows
    const std::vector<PickChoice> *choicesOf(const QString &field) const;
    bool isHidden(const QString &field) const { return m_rules.value(field).hidden; }
    void applyAgain(); // what the rules stand on has changed
    // Feeds the fields that are chosen from lists; before start(). Without it they have nothing to choose from.
    void setGround(const AppContext &context, const FormGround &ground);
    void start(const FormInput &initial, const QString &currency, bool creating);
    FormInput input() const;
    QStringList changedFields() const; // in the form's order
    bool hasChanges() const { return !changedFields().isEmpty(); }
    bool hasFaults() const { return !m_faults.isEmpty(); }
    QString faultOf(const QString &field) const { return m_faults.value(field); }
    void recheck(); // what can be chosen has changed
    void showAllFaults(); // also of fields not touched yet; the first gets the focus
    void setServerFault(const QString &field, const QString &text);
    QString initialText(const QString &field) const { return m_initial.value(field); }
    const std::vector<FormField> &fields() const { return m_fields; }
    const QString &currency() const { return m_currency; }
    FieldEditor *editor(const QString &field) const;
    QString displayText(const FormField &field, const QString &text) const; // for before → after
    void type(const QString &field, const QString &text); // as a person would
    void lock(const QString &field, const QString &why); // shown, not to be changed, until the next start()

Q_SIGNALS:
    void changed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Line {
        QLabel *label;
        FieldEditor *editor;
        QToolButton *undo;
        QLabel *fault;
    };

    struct Heading {
        QString id;
        QLabel *title, *note;
        QStringList fields;
    };

    void buildLines();
    int buildSection(QGridLayout *grid, int at, const FormSection &section);
    void buildLine(QGridLayout *grid, int row, const FormField &field);
    void applyShape();
    void takeRuleFaults();
    void showLine(const QString &field, bool shown);
    void onEdited(const QString &field);
    void check();
    void applyRules();
    bool isChanged(const FormField &field) const;
    QString labelOf(const QString &name) const;
    bool blocksThresholds(const FormField &field) const;

    std::vector<FormField> m_fields;
    const ResourceType &m_type;
    Theme *m_theme;
    QHash<QString, Line> m_lines;
    FormInput m_initial;
    QString m_currency;
    QSet<QString> m_touched;
    QHash<QString, QString> m_faults;
    QHash<QString, QString> m_serverFaults;
    QHash<QString, QString> m_locked; // by field, why
    FormOffers *m_offers = nullptr;
    FormShape m_shape;
    std::vector<Heading> m_headings;
    QHash<QString, FieldRule> m_rules;
    QHash<QString, std::vector<PickChoice>> m_choices;
    bool m_creating = false;
};

} // namespace kboss
