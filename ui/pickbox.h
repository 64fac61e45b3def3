#pragma once

#include "models/picks.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QVBoxLayout;

namespace kboss {

class Theme;

// A field whose values are chosen from a list by their names: type a part of a name (or its pinyin initials), or open the list. One value, or several with
// a line each. What is not in the list is a fault unless the field is open. What it holds is text as FormInput has it: values, never names. GUI thread.
class PickBox : public QWidget {
    Q_OBJECT
public:
    struct Rules {
        bool open = false; // what is not offered may be typed
        bool mayBeEmpty = false;
        QString separator; // several values, joined by it; empty = one
    };
    PickBox(const Rules &rules, Theme *theme, QWidget *parent);

    void setChoices(std::vector<PickChoice> choices); // what is chosen stays
    void setHint(const QString &text); // under the field: why there is none, how old the list is; empty = nothing
    void setWaiting(bool waiting); // the list is still being read: a value that is not in it is no fault yet
    QString text() const;
    void setText(const QString &text); // does not emit
    QString fault() const; // what is typed is none of the list
    QString wordsOf(const QString &text) const; // the names of these values
    const std::vector<PickChoice> &choices() const { return m_choices; }
    QString hint() const;
    QComboBox *combo() const { return m_combo; }

Q_SIGNALS:
    void edited();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void onTyped(const QString &text);
    void onChosen(int index);
    void add(QString value); // copies: what is passed may be a member that changes
    void remove(QString value);
    void fillCombo();
    void showCurrent();
    void showSeveral();
    const PickChoice *find(const QString &value) const;
    const PickChoice *findByName(const QString &name) const;
    bool several() const { return !m_rules.separator.isEmpty(); }

    Rules m_rules;
    Theme *m_theme;
    std::vector<PickChoice> m_choices;
    QStringList m_values; // one, or several
    QString m_typed; // in the line, none of the list
    bool m_waiting = false;
    QVBoxLayout *m_lines;
    QComboBox *m_combo;
    QLabel *m_hint;
    std::vector<QWidget *> m_chosen; // a line for each of several
};

} // namespace kboss
