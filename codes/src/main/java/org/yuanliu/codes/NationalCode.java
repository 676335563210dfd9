package org.yuanliu.codes;

import java.util.ArrayList;
import java.util.List;
import org.yuanliu.codes.WrittenForm.Kind;

/**
 * A code of a Chinese national or trade scheme: one string. Canonical form: {@code
 * urn:yuanliu:<scheme id>:<value>}, percent-encoded where the value needs it.
 */
public sealed interface NationalCode extends Code
    permits CreditCode,
        DivisionCode,
        NodeCode,
        OperatorCode,
        BatchCode,
        TraceCode,
        VoucherNumber,
        ServiceCard,
        GoodsCode,
        EarTag,
        DrugTraceCode,
        NationalDrugCode,
        DrugApproval,
        MaCode,
        AhmCode,
        PesticideCode,
        PesticideRegistration,
        VeterinaryDrugCode,
        SeedCode,
        FertilizerRegistration,
        EquipmentCode,
        EquipmentRegistration,
        UseCertificate,
        CylinderCode,
        DetonatorCode,
        CasNumber,
        FireworksLicence,
        FoodLicence,
        CustomsDeclaration,
        OverseasProducer,
        OrganisationCode,
        Ecode,
        Oid,
        Plate,
        ExemptedCode {
  /** The whole code, without separators. */
  String value();

  @Override
  default String canonical() {
    return OwnUrn.write(scheme(), value());
  }

  @Override
  default String plain() {
    return value();
  }

  @Override
  default String grouped() {
    return Text.grouped(value());
  }

  @Override
  default List<WrittenForm> forms(PrefixTable prefixes) {
    return usualForms(this);
  }

  /** The usual forms of a code and the text of the QR code that its regulation prescribes. */
  static List<WrittenForm> withQrText(NationalCode code, String text) {
    List<WrittenForm> forms = new ArrayList<>(usualForms(code));
    forms.add(new WrittenForm(Kind.QR_TEXT, text));
    return List.copyOf(forms);
  }

  private static List<WrittenForm> usualForms(NationalCode code) {
    return List.of(
        new WrittenForm(Kind.URN, code.canonical()),
        new WrittenForm(Kind.PLAIN, code.plain()),
        new WrittenForm(Kind.GROUPED, code.grouped()));
  }
}
