#pragma once

#include "models/writeplanner.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace kboss {

class PickBox;
class SpecBox;
class Theme;

// One form field as its type wants to be typed: text, money and numbers with their unit inside the field, a list, a switch, a date, a secret that
// shows dots. What it holds is text, as FormInput has it. GUI thread.
class FieldEditor : public QWidget {
    Q_OBJECT
public:
    FieldEditor(const FormField &field, const QString &unit, Theme *theme, QWidget *parent);

    QString text() const;
    void setText(const QString &text); // does not emit
    void setFault(bool fault);
    void setAllowed(const QStringList &values); // of its list, in its order; what it holds then is one of them
    void setKeepsSecret(bool keeps); // left empty, a secret stays as it is
    void setReadOnlyReason(const QString &reason); // empty = editable
    QWidget *input() const;
    PickBox *pick() const { return m_pick; } // null where it is typed rather than chosen
    SpecBox *spec() const { return m_spec; } // null where it is not a list of parts
    QString fault() const; // what is in the field is no value at all
    static int widthOf(const FormField &field); // as wide as what goes in; 0 = all there is
    static bool isChosen(const FormField &field); // from a list of names, by PickBox

Q_SIGNALS:
    void edited();
    void finished(); // the focus left it: money is shown with thousands

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildInput(const FormField &field, const QString &unit, Theme *theme);
    void buildPick(const FormField &field, Theme *theme);
    void buildLine(const FormField &field, const QString &unit);
    void placeUnit();
    void group();

    FieldType m_type;
    std::vector<EnumLabel> m_values; // of the list, all
    bool m_secret = false;
    QLineEdit *m_line = nullptr;
    QComboBox *m_list = nullptr;
    QCheckBox *m_check = nullptr;
    PickBox *m_pick = nullptr;
    SpecBox *m_spec = nullptr;
    QLabel *m_unit = nullptr;
};

} // namespace kboss
