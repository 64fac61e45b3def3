#pragma once

#include <QAbstractSpinBox>

namespace kboss {

// The spin box of a part's amount, while it is edited: whole amounts in the part's own unit, memory also as "1536 Mi" or "1.5 Gi". GUI thread.
class AmountEdit : public QAbstractSpinBox {
    Q_OBJECT
public:
    AmountEdit(const QString &type, QWidget *parent = nullptr);

    void setAmount(qint64 amount); // in the units of quotes
    qint64 amount() const; // of the last text that was one
    qint64 step() const { return m_step; }

    void stepBy(int steps) override;
    QValidator::State validate(QString &text, int &position) const override;

Q_SIGNALS:
    void amountChanged(qint64 amount); // while typing

protected:
    StepEnabled stepEnabled() const override;

private:
    QString textOf(qint64 amount) const;

    QString m_type;
    qint64 m_step;
    qint64 m_amount = 0;
};

} // namespace kboss
