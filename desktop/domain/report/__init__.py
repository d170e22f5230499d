"""The efficiency report (行政审批效能评估报告) as values: facts in, figures and tables out."""
